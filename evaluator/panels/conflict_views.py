"""Pages of conflicts: who must not judge whom, why, and what was cleared as none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import aliased

from evaluator.access import Permission, current_actor, needs
from evaluator.accounts.models import Account
from evaluator.database import db
from evaluator.panels.blueprint import blueprint
from evaluator.panels.conflicts import bars_of, conflicts, in_words
from evaluator.panels.models import Case, Clearance, Panel, Panellist
from evaluator.panels.panellist_operations import clear_conflict, restore_conflict
from evaluator.panels.queries import (
    all_panellists,
    cases_of,
    find_case,
    find_panellist,
    panels_of,
)
from evaluator.panels.shown import may_change, round_to_change, round_to_read
from evaluator.rounds.models import Participant, Round
from evaluator.web.pages import page_among
from evaluator.web.wording import gettext
from forms.panels import ClearForm

P = Permission


@dataclass(frozen=True)
class Line:
    """A conflict of a member of a panel with one of its cases."""

    panellist: Panellist
    case: Case
    words: str
    seated: bool
    clearance: Clearance | None
    cleared_by: str


@blueprint.get("/panels/conflicts")
@needs(P.SEE_PANELS)
def conflict_list() -> str:
    """List the conflicts of the round."""
    return _page(round_to_read())


@blueprint.post("/panels/conflicts/clear")
@needs(P.MANAGE_PANELS)
def clear() -> ResponseReturnValue:
    """Clear a false positive, for a reason."""
    made, form = round_to_change(), ClearForm()
    if not form.validate_on_submit():
        return _page(made, form), 422
    case = find_case(db.session, current_actor(), made, form.case.data or 0)
    who = find_panellist(db.session, form.panellist.data or 0)
    reason = form.reason.data or ""
    clear_conflict(db.session, current_actor(), panellist=who, case=case, reason=reason)
    flash(gettext("%(name)s may judge this case.", name=who.account.name))
    return redirect(url_for("panels.conflict_list"))


@blueprint.post("/panels/conflicts/<int:case_id>/<int:number>/restore")
@needs(P.MANAGE_PANELS)
def restore(case_id: int, number: int) -> ResponseReturnValue:
    """Let a cleared conflict hold again."""
    case = find_case(db.session, current_actor(), round_to_change(), case_id)
    who = find_panellist(db.session, number)
    restore_conflict(db.session, current_actor(), panellist=who, case=case)
    return redirect(url_for("panels.conflict_list"))


def lines(made: Round) -> list[Line]:
    """Return every conflict of a member or a seated panellist with a case, seated ones first."""
    cases = {each.participant_id: each for each in cases_of(db.session, made)}
    people = {each.id: each for each in all_panellists(db.session)}
    members = {each.id: _members(each) for each in panels_of(db.session, made)}
    cleared = _clearances(made)
    participants = [each.participant for each in cases.values()]
    found = []
    barred = conflicts(bars_of(db.session, made, people.values()), participants)
    for (number, participant), bars in barred.items():
        case = cases[participant]
        seated = number in {each.panellist_id for each in case.seats if each.recused_at is None}
        if seated or number in members.get(case.panel_id or 0, ()):
            clearance, by = cleared.get((number, participant), (None, ""))
            words = in_words(bars)
            found.append(Line(people[number], case, words, seated, clearance, by))
    return sorted(found, key=_order)


def _order(line: Line) -> tuple[bool, str, int, str]:
    urgent = line.seated and line.clearance is None
    return not urgent, line.panellist.account.name, line.panellist.id, line.case.participant.code


def _members(panel: Panel) -> frozenset[int]:
    return frozenset(each.panellist_id for each in panel.members)


def _clearances(made: Round) -> dict[tuple[int, int], tuple[Clearance, str]]:
    by = aliased(Account)
    query = (
        select(Clearance, by.name)
        .join(Participant, Participant.id == Clearance.participant_id)
        .outerjoin(by, by.id == Clearance.account_id)
        .where(Participant.round_id == made.id)
    )
    return {
        (each.panellist_id, each.participant_id): (each, name or "")
        for each, name in db.session.execute(query)
    }


def _page(made: Round, form: ClearForm | None = None) -> str:
    found = lines(made)
    return render_template(
        "panels/conflicts.html",
        page=page_among(found),
        urgent=sum(_is_urgent(found)),
        changes=may_change(made),
        form=form or ClearForm(formdata=None),
    )


def _is_urgent(found: Iterable[Line]) -> Iterable[bool]:
    return (each.seated and each.clearance is None for each in found)
