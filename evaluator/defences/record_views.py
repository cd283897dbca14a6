"""What those who see panels read of a case, and what the organiser does with it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs

from evaluator.access import Permission, current_actor, needs
from evaluator.applications.models import ApplicationState
from evaluator.applications.queries import application_of
from evaluator.database import db
from evaluator.defences.blueprint import blueprint
from evaluator.defences.looks import shown_look
from evaluator.defences.models import Look, ScoreSheet
from evaluator.defences.policy import too_few
from evaluator.defences.queries import find_visible, rubric_for, sheet_of, sheets_of, sitting_of
from evaluator.defences.sittings import reopen_case
from evaluator.defences.typed import shown
from evaluator.defences.words import sitting_words
from evaluator.panels.models import Case
from evaluator.panels.queries import live_seats, seat_of
from evaluator.rounds.models import RoundState
from evaluator.web.wording import gettext
from forms.defences import ReopenForm, SettleForm

P = Permission


@blueprint.get("/defence/records/<int:case_id>")
@needs(P.SEE_PANELS)
def record(case_id: int) -> str:
    """Show the sheets of a case that are handed in, and who has still to hand in."""
    case = find_visible(db.session, current_actor(), case_id)
    return _page(case, _form(case))


@blueprint.post("/defence/records/<int:case_id>/reopen")
@needs(P.MANAGE_PANELS)
def reopen(case_id: int) -> ResponseReturnValue:
    """Open a closed case again, and give sheets back."""
    actor = current_actor()
    case = find_visible(db.session, actor, case_id)
    actor.require(P.MANAGE_PANELS, case.participant.path)
    form = _form(case, sent=True)
    if not form.validate_on_submit():
        return _page(case, form), 422
    reopen_case(
        db.session,
        actor,
        case=case,
        back=set(form.sheets.data or ()),
        reason=form.reason.data or "",
    )
    flash(gettext("The case is open again; its scores count once it is closed."))
    return redirect(url_for("defences.record", case_id=case_id))


def _read(case: Case) -> list[ScoreSheet]:
    """Return the sheets that the caller may read: its own panel work keeps it blind as any."""
    own = seat_of(db.session, current_actor(), case)
    if own is not None:
        sheet = sheet_of(db.session, own)
        if sheet is None or sheet.handed_in_at is None:
            return []
    sheets = sheets_of(db.session, [case])[case.id]
    return [each for each in sheets if each.handed_in_at is not None]


def _form(case: Case, sent: bool = False) -> ReopenForm:
    form = ReopenForm() if sent else ReopenForm(formdata=None)
    form.sheets.choices = [
        SelectChoice(each.id, each.seat.panellist.account.name) for each in _read(case)
    ]
    return form


def _page(case: Case, form: ReopenForm) -> str:
    actor, participant = current_actor(), case.participant
    sheets, rubric = _read(case), rubric_for(db.session, participant)
    query = select(Look).where(Look.sheet_id.in_([each.id for each in sheets])).order_by(Look.id)
    application = application_of(db.session, participant)
    manages = actor.may(P.MANAGE_PANELS, participant.path)
    state = application.state if application else None
    closed, hearing = state is ApplicationState.DEFENDED, state is ApplicationState.IN_DEFENCE
    return render_template(
        "defences/record.html",
        case=case,
        sitting=sitting_of(db.session, case),
        seats=live_seats(case),
        recused=[each for each in case.seats if each.recused_at is not None],
        sheets=sheets,
        rubric=rubric,
        looks=[shown_look(each, case, sheets, rubric) for each in db.session.scalars(query)],
        form=form,
        settling=SettleForm(formdata=None),
        manages=manages and participant.round.state is RoundState.OPEN,
        closed=closed,
        too_few=too_few(case, rubric) if hearing else "",
        shown=shown,
        sitting_words=sitting_words,
    )
