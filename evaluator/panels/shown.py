"""What the pages of panels share: the round that they are about, and names by number."""

from __future__ import annotations

from flask import g

from evaluator.access import current_actor
from evaluator.database import db
from evaluator.panels.models import Relation
from evaluator.panels.policy import manages, require_manager, require_reader
from evaluator.reviews.words import category_titles
from evaluator.rounds.models import Round, RoundState
from evaluator.rounds.queries import current_round
from evaluator.web.errors import Refusal
from evaluator.web.languages import language
from evaluator.web.wording import gettext


def round_to_read() -> Round:
    """Return the current round for who sees all about panels."""
    require_reader(db.session, current_actor())
    return _round()


def round_to_change() -> Round:
    """Return the current round for who composes panels."""
    require_manager(db.session, current_actor())
    return _round()


def may_change(made: Round) -> bool:
    """Return whether the actor composes panels of a round now."""
    return made.state is RoundState.OPEN and manages(db.session, current_actor())


def titles(made: Round) -> dict[str, str]:
    """Return what the categories of a round are called; asked once a request."""
    if "panel_titles" not in g:
        g.panel_titles = category_titles(db.session, made, language())
    found: dict[str, str] = g.panel_titles
    return found


def relation_words(relation: Relation) -> str:
    """Return what a kind of tie is called."""
    return {
        Relation.OWN: gettext("Own organisation"),
        Relation.FORMER_POST: gettext("Present or former post"),
        Relation.DECLARED: gettext("Declared relation"),
    }[relation]


def _round() -> Round:
    made = current_round(db.session)
    if made is None:
        raise Refusal(gettext("There is no round yet."))
    return made
