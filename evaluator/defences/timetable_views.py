"""Pages of the timetable: reading it, making it, moving a case by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import Permission, current_actor, needs
from evaluator.database import db
from evaluator.defences.blueprint import blueprint
from evaluator.defences.letters import publish_timetable
from evaluator.defences.plan_form import filled_plan_form, settings_in
from evaluator.defences.planning import (
    Clashes,
    make_timetable,
    move_by_hand,
    renew_board_key,
)
from evaluator.defences.queries import (
    find_visible,
    names_of_panellists,
    plan_of,
    sitting_of,
    visible_with_seats,
)
from evaluator.defences.timetable_page import clash_words, settings_of, timetable_of
from evaluator.defences.words import sitting_words
from evaluator.panels.models import Case
from evaluator.panels.policy import manages, require_manager
from evaluator.panels.queries import live_seats
from evaluator.rounds.calendar import ZONE
from evaluator.rounds.models import Round, RoundState
from evaluator.rounds.queries import current_round
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext
from forms.defences import ActForm, PlanForm, SittingForm

P = Permission


@blueprint.get("/defence/timetable")
@needs(P.SEE_PANELS)
def timetable() -> str:
    """Show when and where each case is heard."""
    actor, made = current_actor(), current_round(db.session)
    stored = plan_of(db.session, made) if made else None
    return render_template(
        "defences/timetable.html",
        round=made,
        page=timetable_of(db.session, actor, made, stored) if made else None,
        plan=stored,
        act=ActForm(formdata=None),
        manages=made is not None and _may_change(made),
        sitting_words=sitting_words,
    )


@blueprint.get("/defence/timetable/plan")
@needs(P.MANAGE_PANELS)
def plan() -> str:
    """Show the form from which a timetable is made."""
    made = _managed()
    stored = plan_of(db.session, made)
    return render_template("defences/plan.html", round=made, form=filled_plan_form(stored))


@blueprint.post("/defence/timetable/plan")
@needs(P.MANAGE_PANELS)
def make_plan() -> ResponseReturnValue:
    """Make the timetable."""
    made, form = _managed(), PlanForm()
    settings = settings_in(form) if form.validate_on_submit() else None
    if settings is None:
        return render_template("defences/plan.html", round=made, form=form), 422
    unplaced = make_timetable(
        db.session,
        current_actor(),
        made=made,
        settings=settings,
        keep=form.keep.data,
        version=form.version.data or 0,
    )
    if unplaced:
        words = gettext("The timetable is made; %(count)s cases have no time.", count=len(unplaced))
        flash(words, "error")
    else:
        flash(gettext("The timetable is made; every case has its time."))
    return redirect(url_for("defences.timetable"))


@blueprint.post("/defence/timetable/publish")
@needs(P.MANAGE_PANELS)
def publish() -> ResponseReturnValue:
    """Write to branches and panellists when and where they are heard."""
    count = publish_timetable(db.session, current_actor(), made=_managed())
    flash(gettext("Letters written and held: %(count)s", count=count))
    return redirect(url_for("defences.timetable"))


@blueprint.get("/defence/sittings/<int:case_id>")
@needs(P.MANAGE_PANELS)
def sitting(case_id: int) -> str:
    """Show the form that moves a case."""
    case = _to_move(case_id)
    return _moving(case, _sitting_form(case))


@blueprint.post("/defence/sittings/<int:case_id>")
@needs(P.MANAGE_PANELS)
def move(case_id: int) -> ResponseReturnValue:
    """Move a case to another time or room, where nothing clashes."""
    case, form = _to_move(case_id), SittingForm()
    if not form.validate_on_submit():
        return _moving(case, form), 422
    given: dict[str, Any] = form.data
    starts = datetime.combine(given["day"], given["begins"], ZONE)
    try:
        move_by_hand(
            db.session,
            current_actor(),
            case=case,
            room=given["room"].strip(),
            starts=starts,
            ends=starts + timedelta(minutes=given["minutes"]),
            version=given["version"] or 0,
        )
    except Clashes as error:
        made = case.participant.round
        cases = visible_with_seats(db.session, current_actor(), made)
        words = clash_words(error.found, cases, names_of_panellists(live_seats(case)))
        form.begins.errors = [words]
        return _moving(case, form), 422
    flash(gettext("%(name)s has its new time.", name=case.participant.name))
    return redirect(url_for("defences.timetable"))


@blueprint.post("/defence/board/renew")
@needs(P.MANAGE_PANELS)
def renew_board() -> ResponseReturnValue:
    """Give the call board a new address."""
    renew_board_key(db.session, current_actor(), made=_managed())
    flash(gettext("The call board has a new address; the old one shows nothing any more."))
    return redirect(url_for("defences.timetable"))


def _managed() -> Round:
    require_manager(db.session, current_actor())
    made = current_round(db.session)
    if made is None:
        raise Refusal(gettext("There is no round yet."))
    return made


def _may_change(made: Round) -> bool:
    return made.state is RoundState.OPEN and manages(db.session, current_actor())


def _to_move(case_id: int) -> Case:
    require_manager(db.session, current_actor())
    return find_visible(db.session, current_actor(), case_id)


def _sitting_form(case: Case) -> SittingForm:
    there = sitting_of(db.session, case)
    if there is not None:
        starts, length = there.starts_at.astimezone(ZONE), there.ends_at - there.starts_at
        return SittingForm(
            formdata=None,
            room=there.room,
            day=starts.date(),
            begins=starts.time(),
            minutes=int(length.total_seconds()) // 60,
            version=there.version,
        )
    stored = plan_of(db.session, case.participant.round)
    usual = settings_of(stored.settings).times.minutes if stored and stored.settings else 20
    return SittingForm(formdata=None, minutes=usual, version=0)


def _moving(case: Case, form: SittingForm) -> str:
    return render_template("defences/sitting.html", case=case, form=form)
