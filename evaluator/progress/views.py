"""Pages of progress: how far the branches are, as a picture, as a table and as lists."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Select

from evaluator.access import Actor, Permission, current_actor, needs
from evaluator.applications.models import Application
from evaluator.database import db, now
from evaluator.organisations.catalogue import Catalogue, catalogue
from evaluator.progress.overview import GAP, HEIGHT, LABEL, WIDTH, bars, lines_by, together
from evaluator.progress.queries import (
    STAGES,
    Narrowed,
    applications_of,
    counted,
    participants_at,
    stage_of,
    stages_with,
)
from evaluator.progress.words import stage_words
from evaluator.rounds.models import Participant, Round, RoundState
from evaluator.rounds.queries import current_round, find_round, visible_rounds
from evaluator.rounds.state_words import step_state
from evaluator.web.languages import language
from evaluator.web.pages import page_of, searched_words

blueprint = Blueprint("progress", __name__, template_folder="templates")
P = Permission


@blueprint.get("/progress")
@needs(P.SEE_PROGRESS)
def overview() -> ResponseReturnValue:
    """Show how far a round is, by committee and by category."""
    actor, made = current_actor(), _round()
    if made is None:
        return render_template("progress/overview.html", made=None)
    counts, known, moment = counted(db.session, actor, made.id), catalogue(db.session), now()
    committees = lines_by(counts, lambda each: each.committee_id, lambda each: each.committee)
    categories = lines_by(
        sorted(counts, key=lambda each: each.category),
        lambda each: each.category,
        lambda each: known.title(each.category, language()),
    )
    whole = together(committees, gettext("Together"))
    return render_template(
        "progress/overview.html",
        made=made,
        rounds=db.session.scalars(_begun(actor)).all(),
        steps=[(each, step_state(each, moment)) for each in made.steps],
        tables=(("committee", committees), ("category", categories)),
        whole=whole,
        bars=bars,
        stages=stages_with(whole.numbers),
        words=stage_words(made, moment),
        size={"width": WIDTH, "label": LABEL, "height": HEIGHT, "gap": GAP},
    )


@blueprint.get("/progress/participants")
@needs(P.SEE_PROGRESS)
def participants() -> ResponseReturnValue:
    """List the participants that stand somewhere."""
    actor, made = current_actor(), _round()
    narrowed = _narrowed()
    if made is None:
        return render_template("progress/overview.html", made=None)
    page = page_of(db.session, participants_at(actor, made.id, narrowed))
    counts, known = counted(db.session, actor, made.id), catalogue(db.session)
    words = stage_words(made, now())
    return render_template(
        "progress/participants.html",
        made=made,
        page=page,
        applications=applications_of(db.session, page.rows),
        narrowed=narrowed,
        committees={each.committee_id: each.committee for each in counts},
        categories=_titles(known, {each.category for each in counts}),
        stages={each: words[each] for each in STAGES},
        words=words,
        stage_of=stage_of,
        address_of=_address_of,
        category_title=lambda name: known.title(name, language()),
    )


def _round() -> Round | None:
    """Return the round that is asked for, else the one that runs; none that is being planned."""
    asked = request.args.get("round", type=int)
    made = find_round(db.session, current_actor(), asked) if asked else current_round(db.session)
    return made if made and made.state is not RoundState.PLANNED else _newest()


def _newest() -> Round | None:
    return db.session.scalars(_begun(current_actor()).limit(1)).first()


def _begun(actor: Actor) -> Select[Round]:
    return visible_rounds(db.session, actor).where(Round.state != RoundState.PLANNED)


def _narrowed() -> Narrowed:
    stage = request.args.get("stage", "")
    return Narrowed(
        request.args.get("committee", type=int),
        request.args.get("category", ""),
        stage if stage in STAGES else "",
        searched_words(),
    )


def _address_of(participant: Participant, application: Application | None) -> str:
    """Return where to go on with a participant: its review, or its place in the register."""
    if application and application.submitted_at and current_actor().may(P.SEE_REVIEWS):
        return url_for("reviews.page", participant_id=participant.id)
    return url_for("organisations.page", organisation_id=participant.organisation_id)


def _titles(known: Catalogue, categories: set[str]) -> dict[str, str]:
    """Return categories with what they are called, in the order of that."""
    said = {each: known.title(each, language()) for each in categories}
    return dict(sorted(said.items(), key=lambda pair: (pair[1], pair[0])))
