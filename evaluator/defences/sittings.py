"""What happens with the hearing of a case: its chair leads and closes it, the organiser reopens."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, NotAllowed, Permission
from evaluator.applications.procedure import Act, Need
from evaluator.applications.states import move
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.defences.models import ScoreSheet, Sitting, SittingState
from evaluator.defences.policy import BACK, NEXT, lacking, too_few
from evaluator.defences.queries import Desk, rubric_for, sheets_of
from evaluator.defences.rubric import Criterion
from evaluator.defences.seats import hold_case
from evaluator.outbox.operations import write_letter
from evaluator.panels.models import Case
from evaluator.records.operations import set_known_facts, withdraw_known_facts
from evaluator.rounds.calendar import ZONE
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext


def move_sitting(
    session: Session, actor: Actor, *, desk: Desk, to: SittingState, version: int
) -> None:
    """Let a hearing go on by one step, or back by one where the chair pressed too early."""
    _require_chair(desk)
    hold_case(session, desk.case)
    sitting = _held_sitting(session, desk.case)
    if sitting is None:
        raise Refusal(gettext("This case has no place in the timetable yet."))
    if sitting.version != version:
        raise Refusal(gettext("The hearing has moved on in the meantime. Load the page again."))
    before = sitting.state
    if to not in (NEXT.get(before), BACK.get(before)):
        raise Refusal(gettext("The hearing has moved on in the meantime. Load the page again."))
    sitting.state = to
    _log(session, actor, desk.case, "sitting.move", {"state": before}, {"state": to})


def close_case(session: Session, actor: Actor, *, desk: Desk) -> None:
    """Close a case whose sheets are all handed in; its second scores then count.

    Raises Refusal where there are fewer than the rule set asks for: they would never be a score.
    """
    _require_chair(desk)
    case = desk.case
    hold_case(session, case)
    if short := too_few(case, desk.rubric):
        raise Refusal(short)
    sheets = sheets_of(session, [case])[case.id]
    waiting = lacking(case, sheets)
    if waiting or not sheets:
        names = gettext(", ").join(waiting)
        raise Refusal(gettext("Sheets are still to be handed in by: %(names)s", names=names))
    move(
        session,
        actor,
        participant=case.participant,
        act=Act.CLOSE_CASE,
        met={Need.SHEETS_HANDED_IN},
    )
    _give_to_scoring(session, actor, case, desk.rubric, sheets)
    sitting = _held_sitting(session, case)
    if sitting is not None:
        sitting.state, sitting.closed_at = SittingState.CLOSED, now()
        sitting.closed_by = actor.account_id


def reopen_case(
    session: Session,
    actor: Actor,
    *,
    case: Case,
    back: Collection[int],
    reason: str,
) -> None:
    """Open a closed case again: its scores count no more, and chosen sheets are written anew."""
    actor.require(Permission.MANAGE_PANELS, case.participant.path)
    hold_case(session, case)
    sheets = [each for each in sheets_of(session, [case])[case.id] if each.id in back]
    if not sheets:
        raise Refusal(gettext("Choose at least one sheet that is given back."))
    move(session, actor, participant=case.participant, act=Act.REOPEN_CASE, reason=reason)
    _take_from_scoring(session, actor, case, rubric_for(session, case.participant), reason)
    sitting = _held_sitting(session, case)
    if sitting is not None:
        sitting.state, sitting.closed_at, sitting.closed_by = SittingState.QUESTIONS, None, None
    for sheet in sheets:
        sheet.handed_in_at, sheet.changed_at = None, now()
        _tell_of_return(session, actor, case, sheet, reason)
    told = {"sheets": sorted(each.id for each in sheets)}
    _log(session, actor, case, "score_sheet.give_back", {}, told, reason)


def _give_to_scoring(
    session: Session,
    actor: Actor,
    case: Case,
    rubric: Sequence[Criterion],
    sheets: Sequence[ScoreSheet],
) -> None:
    """Let scores count, in order of size: nobody is to be known by their place in the list."""
    reason = gettext("Mean of %(count)s panellists", count=len(sheets))
    values = {
        each.name: each.together(
            sorted(each.read(sheet.after[each.name]) for sheet in sheets), reason
        )
        for each in rubric
    }
    _set_facts(session, actor, case, rubric, values)


def _take_from_scoring(
    session: Session, actor: Actor, case: Case, rubric: Sequence[Criterion], reason: str
) -> None:
    participant = case.participant
    withdraw_known_facts(
        session,
        actor,
        organisation_id=participant.organisation_id,
        year=participant.round.year,
        facts=[each.name for each in rubric],
        reason=reason,
    )


def _set_facts(
    session: Session,
    actor: Actor,
    case: Case,
    rubric: Sequence[Criterion],
    values: Mapping[str, Any],
) -> None:
    participant = case.participant
    for panel in sorted({each.panel for each in rubric}):
        set_known_facts(
            session,
            actor,
            organisation_id=participant.organisation_id,
            year=participant.round.year,
            values={each.name: values[each.name] for each in rubric if each.panel == panel},
            source=f"panel: {panel}",
            as_of=now().astimezone(ZONE).date(),
        )


def _tell_of_return(
    session: Session, actor: Actor, case: Case, sheet: ScoreSheet, reason: str
) -> None:
    write_letter(
        session,
        actor,
        to=sheet.seat.panellist.account,
        organisation_path=case.participant.path,
        about="defence.give_back",
        title=lazy_gettext("A score sheet was given back: %(name)s", name=case.participant.name),
        text=lazy_gettext(
            "The case was opened again. Please look at your sheet once more and hand it in.\n\n"
            "Reason: %(reason)s",
            reason=reason,
        ),
        link=f"/defence/cases/{case.id}",
        hold=False,
    )


def _require_chair(desk: Desk) -> None:
    if not desk.leads:
        raise NotAllowed("this panellist does not lead the case")


def _held_sitting(session: Session, case: Case) -> Sitting | None:
    query = (
        select(Sitting).where(Sitting.case_id == case.id).execution_options(populate_existing=True)
    )
    return session.scalars(query).one_or_none()


def _log(
    session: Session,
    actor: Actor,
    case: Case,
    action: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    reason: str = "",
) -> None:
    write_line(
        session,
        actor,
        action=action,
        subject="defence_case",
        subject_id=case.id,
        organisation_path=case.participant.path,
        before=before,
        after=after,
        reason=reason.strip(),
    )
