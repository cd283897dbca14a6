"""Pages of cases: all of a round, and each with its panel and its seats."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import selectinload

from evaluator.access import NotAllowed, Permission, current_actor, needs
from evaluator.database import db
from evaluator.panels.admitting import dismiss, give_to_panel, mark_calibration
from evaluator.panels.blueprint import blueprint
from evaluator.panels.conflicts import bars_of, cleared_pairs, conflicts, in_words
from evaluator.panels.models import Case, Seat
from evaluator.panels.queries import (
    all_panellists,
    find_case,
    find_panel,
    find_panellist,
    matching,
    panels_of,
    visible_cases,
)
from evaluator.panels.seating import fix, recuse, seat_by_hand, unseat
from evaluator.panels.shown import may_change, round_to_change, round_to_read, titles
from evaluator.rounds.models import Round
from evaluator.web.pages import page_of
from evaluator.web.wording import gettext
from forms.panels import ActForm, PanelChoiceForm, ReasonForm, SeatForm, choices_of

P = Permission


@blueprint.get("/panels/cases")
@needs(P.SEE_PANELS)
def cases() -> str:
    """List the cases of the round."""
    made = round_to_read()
    words, panel_id = request.args.get("words", ""), request.args.get("panel", type=int)
    query = matching(visible_cases(db.session, current_actor(), made), words, panel_id)
    query = query.options(selectinload(Case.seats))
    panels = panels_of(db.session, made)
    return render_template(
        "panels/cases.html",
        page=page_of(db.session, query),
        panels={each.id: each for each in panels},
        choices={each.id: each.name for each in panels},
        titles=titles(made),
        words=words,
        panel_id=panel_id,
    )


@blueprint.get("/panels/cases/<int:case_id>")
@needs(P.SEE_PANELS)
def case(case_id: int) -> str:
    """Show a case with its seats."""
    made = round_to_read()
    return _page(made, find_case(db.session, current_actor(), made, case_id))


@blueprint.post("/panels/cases/<int:case_id>/dismiss")
@needs(P.MANAGE_PANELS)
def dismiss_case(case_id: int) -> ResponseReturnValue:
    """Take a case out of the defence."""
    made, found, form = *_managed(case_id), ReasonForm()
    if not form.validate_on_submit():
        return _page(made, found, dismissing=form), 422
    version, reason = form.version.data or 0, form.reason.data or ""
    dismiss(db.session, current_actor(), case=found, version=version, reason=reason)
    flash(gettext("%(name)s no longer defends.", name=found.participant.name))
    return redirect(url_for("panels.cases"))


@blueprint.post("/panels/cases/<int:case_id>/panel")
@needs(P.MANAGE_PANELS)
def choose_panel(case_id: int) -> ResponseReturnValue:
    """Give a case to another panel."""
    made, found, form = *_managed(case_id), PanelChoiceForm()
    form.panel.choices = choices_of((each.id, each.name) for each in panels_of(db.session, made))
    if not form.validate_on_submit():
        return _page(made, found), 422
    panel, version = find_panel(db.session, made, form.panel.data), form.version.data or 0
    give_to_panel(db.session, current_actor(), case=found, version=version, panel=panel)
    return _back(found)


@blueprint.post("/panels/cases/<int:case_id>/calibration/<word>")
@needs(P.MANAGE_PANELS)
def calibration(case_id: int, word: str) -> ResponseReturnValue:
    """Let a case be the calibration case of its panel, or no longer."""
    _made, found = _managed(case_id)
    version, is_on = _version(), word == "on"
    mark_calibration(db.session, current_actor(), case=found, version=version, on=is_on)
    return _back(found)


@blueprint.post("/panels/cases/<int:case_id>/seats")
@needs(P.MANAGE_PANELS)
def seat(case_id: int) -> ResponseReturnValue:
    """Seat a panellist by hand."""
    made, found, form = *_managed(case_id), SeatForm()
    people = all_panellists(db.session)
    form.panellist.choices = choices_of((each.id, each.account.name) for each in people)
    if not form.validate_on_submit():
        return _page(made, found), 422
    who = find_panellist(db.session, form.panellist.data)
    version = form.version.data or 0
    seat_by_hand(db.session, current_actor(), case=found, version=version, panellist=who)
    return _back(found)


@blueprint.post("/panels/cases/<int:case_id>/seats/<int:seat_id>/remove")
@needs(P.MANAGE_PANELS)
def remove_seat(case_id: int, seat_id: int) -> ResponseReturnValue:
    """Take a panellist off a case."""
    return _on_seat(case_id, seat_id, unseat)


@blueprint.post("/panels/cases/<int:case_id>/seats/<int:seat_id>/fix")
@needs(P.MANAGE_PANELS)
def fix_seat(case_id: int, seat_id: int) -> ResponseReturnValue:
    """Let a seat stay whatever is proposed."""
    return _on_seat(case_id, seat_id, fix, fixed=True)


@blueprint.post("/panels/cases/<int:case_id>/seats/<int:seat_id>/loosen")
@needs(P.MANAGE_PANELS)
def loosen_seat(case_id: int, seat_id: int) -> ResponseReturnValue:
    """Let a seat go where a proposal wants it so."""
    return _on_seat(case_id, seat_id, fix, fixed=False)


@blueprint.post("/panels/cases/<int:case_id>/seats/<int:seat_id>/recuse")
@needs(P.MANAGE_PANELS)
def recuse_seat(case_id: int, seat_id: int) -> ResponseReturnValue:
    """Let a panellist withdraw from a case."""
    made, found, form = *_managed(case_id), ReasonForm()
    seated = _seat(found, seat_id)
    if not form.validate_on_submit():
        return _page(made, found, recusing=(seat_id, form)), 422
    recuse(db.session, current_actor(), case=found, seat=seated, reason=form.reason.data or "")
    return _back(found)


def _on_seat(
    case_id: int, seat_id: int, act: Callable[..., None], **how: Any
) -> ResponseReturnValue:
    _made, found = _managed(case_id)
    seated = _seat(found, seat_id)
    act(db.session, current_actor(), case=found, version=_version(), seat=seated, **how)
    return _back(found)


def _managed(case_id: int) -> tuple[Round, Case]:
    made = round_to_change()
    return made, find_case(db.session, current_actor(), made, case_id)


def _seat(found: Case, seat_id: int) -> Seat:
    seated = next((each for each in found.seats if each.id == seat_id), None)
    if seated is None:
        raise NotAllowed(P.MANAGE_PANELS)
    return seated


def _version() -> int:
    """Return the version that a form without other fields was made for."""
    form = ActForm()
    return (form.version.data or 0) if form.validate_on_submit() else 0


def _page(
    made: Round,
    found: Case,
    dismissing: ReasonForm | None = None,
    recusing: tuple[int, ReasonForm] | None = None,
) -> str:
    everybody = all_panellists(db.session)
    barred = conflicts(bars_of(db.session, made, everybody), [found.participant])
    for pair in cleared_pairs(db.session, made):
        barred.pop(pair, None)
    seated = {each.panellist_id for each in found.seats}
    panels = {each.id: each for each in panels_of(db.session, made)}
    seat_form = SeatForm(formdata=None, version=found.version)
    seat_form.panellist.choices = choices_of(
        (each.id, gettext("%(name)s (conflict)", name=each.account.name))
        if (each.id, found.participant_id) in barred
        else (each.id, each.account.name)
        for each in everybody
        if each.id not in seated
    )
    choice = PanelChoiceForm(formdata=None, version=found.version, panel=found.panel_id)
    choice.panel.choices = choices_of((each.id, each.name) for each in panels.values())
    return render_template(
        "panels/case.html",
        case=found,
        panels=panels,
        titles=titles(made),
        conflicting={number: in_words(bars) for (number, _), bars in barred.items()},
        seat_form=seat_form,
        choice=choice,
        act=ActForm(formdata=None, version=found.version),
        dismissing=dismissing or ReasonForm(formdata=None, version=found.version),
        recusing=recusing,
        reason_form=ReasonForm(formdata=None, version=found.version),
        changes=may_change(made),
    )


def _back(found: Case) -> ResponseReturnValue:
    return redirect(url_for("panels.case", case_id=found.id))
