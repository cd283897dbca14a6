"""Who cannot be scored: which facts are missing or wrong, who gives them, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import current_app, url_for
from flask_babel import lazy_gettext
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.applications.models import Application
from evaluator.decisions.board import Board
from evaluator.decisions.models import Decision
from evaluator.decisions.policy import DECIDABLE
from evaluator.decisions.queries import stored_for
from evaluator.decisions.scored import category_of, declared_facts, state_of
from evaluator.files.columns import GROUPS
from evaluator.reviews.facts import Statement, statements
from evaluator.rounds.models import Participant, Round
from evaluator.scoring.inputs import FactErrors, FactProblem
from evaluator.scoring.round import Category
from evaluator.web.languages import language
from evaluator.web.wording import gettext

P = Permission
MOST_SHOWN = 50
MOST_READ = 100
"""How many of those who wait are read for the start page; where more wait, the board tells."""


@dataclass(frozen=True)
class Road:
    """Where facts of a source are given: the page, who may use it, and what is done there."""

    endpoint: str
    permission: Permission
    act: str
    of_participant: bool = False


_REVIEW = ("reviews.page", P.SEE_REVIEWS)
_IMPORT = Road("records.upload", P.IMPORT_RECORDS, lazy_gettext("Bring it with a workbook"))
ROADS: Mapping[str, Road] = {
    "asked": Road(
        *_REVIEW, lazy_gettext("Let the committee return the application to its branch"), True
    ),
    "review": Road(*_REVIEW, lazy_gettext("Let the committee give it in its review"), True),
    "appraisal": Road(
        "appraisals.page", P.SEE_APPRAISALS, lazy_gettext("Hold the appraisal"), True
    ),
    "sample": Road("site_checks.listing", P.SEE_SITE_CHECKS, lazy_gettext("Have the site checked")),
    "panel": Road("panels.cases", P.SEE_PANELS, lazy_gettext("Let the panel rate it")),
    **dict.fromkeys(("record", "office", "mutual", "imported"), _IMPORT),
}
"""By the kind of a source. What is known counts from the moment it is brought; what a branch
stated counts as it was submitted, so that only its committee can let it be mended."""


@dataclass(frozen=True)
class Gap:
    """Facts of one source with the same fault; `address` is empty where an actor mends nothing."""

    giver: str
    fault: str
    facts: Sequence[str]
    address: str
    act: str


@dataclass(frozen=True)
class Unscored:
    """One that cannot be scored, and what has to be mended."""

    participant: Participant
    gaps: Sequence[Gap]


def unscored_on(
    session: Session, actor: Actor, made: Round, board: Board, visible: frozenset[str]
) -> list[Unscored]:
    """Return the first of those on a board that cannot be scored, as far as an actor sees them."""
    wrong = {
        each.organisation.id: each.refused
        for each in board.refused
        if each.refused and each.organisation.id in visible
    }
    shown = sorted(wrong)[:MOST_SHOWN]
    query = (
        select(Participant)
        .where(Participant.round_id == made.id, Participant.code.in_(shown))
        .order_by(Participant.code)
    )
    return [
        Unscored(each, gaps_of(actor, board.category, each, wrong[each.code].problems))
        for each in session.scalars(query)
    ]


def gaps_of(
    actor: Actor, category: Category, participant: Participant, problems: Iterable[FactProblem]
) -> list[Gap]:
    """Return what is wrong with the facts of a participant, by who gives them."""
    spoken, declared = language(), category.rule_set.facts
    found: dict[tuple[str, str], list[str]] = {}
    for each in problems:
        fact = declared.get(each.fact)
        kind = fact.source.kind if fact else "identity"
        fault = each.zh if spoken == "zh" else each.en
        found.setdefault((kind, fault), []).append(fact.label.say(spoken) if fact else each.fact)
    return [
        Gap(GROUPS[kind].say(spoken), fault, facts, *_road(actor, participant, kind))
        for (kind, fault), facts in found.items()
    ]


def _road(actor: Actor, participant: Participant, kind: str) -> tuple[str, str]:
    """Return where an actor has facts of a kind mended and how; nothing where it may not."""
    road = ROADS.get(kind)
    if road is None or not actor.may(road.permission, participant.path):
        return "", ""
    named: dict[str, Any] = {"participant_id": participant.id} if road.of_participant else {}
    return url_for(road.endpoint, **named), str(road.act)


def unscored_waiting(session: Session, made: Round) -> Mapping[str, int]:
    """Return how many of each category wait for the decision and cannot be scored.

    What was found is kept until data change, as the boards are.
    """
    kept: dict[int, tuple[Hashable, Mapping[str, int]]] = current_app.extensions.setdefault(
        "decisions unscored", {}
    )
    state = state_of(session, made)
    before, found = kept.get(made.id, (None, {}))
    if before != state:
        found = _unscored_now(session, made)
        kept[made.id] = state, found
    return found


def _unscored_now(session: Session, made: Round) -> Mapping[str, int]:
    """Count those that lack something; nothing is told where very many wait.

    Only what they lack themselves is looked at, not what comes from comparing them.
    """
    proposed = exists().where(Decision.participant_id == Participant.id)
    query = (
        select(Participant)
        .join(Application, Application.participant_id == Participant.id)
        .where(Participant.round_id == made.id, Application.state.in_(DECIDABLE), ~proposed)
    )
    waiting = session.scalars(query.limit(MOST_READ + 1)).all()
    if len(waiting) > MOST_READ:
        return {}
    stated = statements(session, waiting)
    categories = {name: _category(made, name) for name in {each.category for each in waiting}}
    return Counter(
        each.category
        for each in waiting
        if not _is_complete(categories[each.category], stated[each.id])
    )


def _category(made: Round, name: str) -> Category:
    return category_of(stored_for(made, name))


def _is_complete(category: Category, stated: Statement) -> bool:
    facts = declared_facts(stated.reviewed, category.rule_set.facts.keys())
    try:
        inputs = category.scorer.read(replace(stated.organisation, applied=True), facts)
        if category.first_pass.not_rated(inputs):
            category.first_pass.assessment(inputs)
        else:
            category.scorer.assess(inputs)
    except FactErrors:
        return False
    return True


def more_than_shown(board: Board, visible: frozenset[str]) -> str:
    """Say how many more cannot be scored than are shown; nothing where there are none."""
    count = sum(each.organisation.id in visible for each in board.refused) - MOST_SHOWN
    words = gettext("%(count)d more stand at the end of the ranking.", count=count)
    return words if count > 0 else ""
