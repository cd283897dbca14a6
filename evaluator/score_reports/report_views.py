"""Pages of score reports: the list of them, and one of them."""

from __future__ import annotations

from io import BytesIO

from flask import Response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from evaluator.access import NotAllowed, Permission, current_actor, needs
from evaluator.applications.wording import state_words
from evaluator.database import db
from evaluator.organisations.catalogue import catalogue
from evaluator.organisations.queries import names_match
from evaluator.rounds.models import Participant, Round, RoundState
from evaluator.rounds.queries import current_round, find_round, visible_rounds
from evaluator.score_reports.blueprint import blueprint
from evaluator.score_reports.making import reports_of
from evaluator.score_reports.queries import (
    SEE,
    committees_in,
    find_told,
    states_of,
    told_participants,
)
from evaluator.score_reports.words import meaning_words
from evaluator.trials.pictures import with_attributes
from evaluator.web.languages import language
from evaluator.web.pages import page_of
from reports.charts import Chart, as_svg
from reports.flow import without_head

P = Permission


@blueprint.get("/score-reports")
@needs(P.SEE_SCORE_REPORTS)
def listing() -> ResponseReturnValue:
    """List the organisations that have a report; who has but one is sent there at once."""
    actor, made = current_actor(), asked_round()
    if made is None:
        return render_template("score_reports/listing.html", made=None)
    committee, search = (
        request.args.get("committee", type=int),
        request.args.get("name", "").strip(),
    )
    query = told_participants(actor, made.id)
    if committee is not None:
        query = query.where(Participant.committee_id == committee)
    if search:
        query = query.where(names_match(search, Participant))
    page = page_of(db.session, query)
    if page.total == 1 and actor.places(SEE) == (page.rows[0].path,):
        return redirect(url_for("score_reports.report", participant_id=page.rows[0].id))
    known = catalogue(db.session)
    return render_template(
        "score_reports/listing.html",
        made=made,
        rounds={
            each.id: each.title
            for each in db.session.scalars(
                visible_rounds(db.session, actor).where(Round.state != RoundState.PLANNED)
            )
        },
        page=page,
        states=states_of(db.session, [each.id for each in page.rows]),
        state_words=state_words,
        committees=committees_in(db.session, actor, made.id),
        committee=committee,
        search=search,
        may_see_committees=actor.may(P.SEE_PROGRESS),
        category_title=lambda name: known.title(name, language()),
    )


@blueprint.get("/score-reports/<int:participant_id>")
@needs(P.SEE_SCORE_REPORTS)
def report(participant_id: int) -> ResponseReturnValue:
    """Show the report of one organisation."""
    actor = current_actor()
    participant = find_told(db.session, actor, participant_id)
    found = reports_of(db.session, actor, [participant], language())[0]
    return render_template(
        "score_reports/report.html",
        report=found,
        meaning=list(meaning_words(found)),
        radar=in_page(found.radar, "radar"),
        may_plan=actor.may(P.PLAN_NEXT_STAR, participant.path),
    )


def asked_round() -> Round | None:
    """Return the round that is asked for, else the one that runs; none that is being planned."""
    asked = request.args.get("round", type=int)
    if asked is None:
        return current_round(db.session)
    made = find_round(db.session, current_actor(), asked)
    if made.state is RoundState.PLANNED:
        raise NotAllowed(SEE)
    return made


def in_page(chart: Chart, name: str) -> Markup:
    """Return a chart as it stands in a page."""
    return Markup(with_attributes(without_head(as_svg(chart, name))))  # noqa: S704 - drawn by us


def sent_as_pdf(content: bytes, name: str) -> Response:
    """Send a PDF under a name, Chinese or not, to be kept by nobody on the way."""
    answer = send_file(
        BytesIO(content), "application/pdf", as_attachment=True, download_name=f"{name}.pdf"
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
