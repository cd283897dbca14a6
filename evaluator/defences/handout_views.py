"""Hand-outs as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from flask import Response, send_file
from sqlalchemy.orm import selectinload

from evaluator.access import NotAllowed, Permission, current_actor, needs
from evaluator.database import db
from evaluator.defences.blueprint import blueprint
from evaluator.defences.handouts import handout_of
from evaluator.defences.models import Sitting
from evaluator.defences.queries import panel_names, sittings_of, visible_with_seats
from evaluator.panels.models import Case
from evaluator.panels.queries import my_cases
from evaluator.rounds.calendar import ZONE
from evaluator.rounds.queries import current_round
from evaluator.web.languages import language
from evaluator.web.showing import day as day_words
from evaluator.web.wording import gettext
from reports.handouts import write_handout

P = Permission


@blueprint.get("/defence/handouts/<int:panel_id>/<day>.pdf")
@needs(P.SEE_PANELS)
def handout(panel_id: int, day: str) -> Response:
    """Send the hand-out of a panel for a day."""
    actor, made = current_actor(), current_round(db.session)
    names = panel_names(db.session, made) if made else {}
    wanted = _day(day)
    if made is None or panel_id not in names or wanted is None:
        raise NotAllowed("no such hand-out")
    known = visible_with_seats(db.session, actor, made)
    cases = [each for each in known if each.panel_id == panel_id]
    sittings = sittings_of(db.session, cases)
    here = [each for each in cases if each.id in sittings and _is_on(sittings[each.id], wanted)]
    if not here:
        raise NotAllowed("no such hand-out")
    subtitle = f"{names[panel_id]} · {day_words(wanted)}"
    return _pdf(here, subtitle, f"{names[panel_id]} {day}")


@blueprint.get("/defence/mine.pdf")
@needs(P.JUDGE)
def my_handout() -> Response:
    """Send the hand-out of the caller's own cases."""
    actor, made = current_actor(), current_round(db.session)
    if made is None:
        return _pdf([], actor.name, gettext("My cases"))
    query = my_cases(db.session, actor, made).options(selectinload(Case.seats))
    cases = db.session.scalars(query).unique().all()
    return _pdf(cases, f"{made.title} · {actor.name}", gettext("My cases"))


def _pdf(cases: Sequence[Case], subtitle: str, name: str) -> Response:
    sittings = sittings_of(db.session, cases)
    paper = handout_of(db.session, cases, sittings, subtitle, language())
    answer = send_file(
        BytesIO(write_handout(paper)),
        "application/pdf",
        as_attachment=True,
        download_name=f"{name}.pdf",
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _is_on(sitting: Sitting, day: date) -> bool:
    return sitting.starts_at.astimezone(ZONE).date() == day
