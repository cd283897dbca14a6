"""What happens with a score sheet: it is written, handed in, or given up by who withdraws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, NotAllowed, Permission, Role
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.defences.models import ScoreSheet
from evaluator.defences.policy import first_stands, too_few, why_not_write
from evaluator.defences.queries import Desk
from evaluator.defences.rubric import Criterion
from evaluator.defences.seats import hold_case, hold_seat
from evaluator.defences.typed import AFTER, BEFORE, Typed, digest, kept, mark, shown
from evaluator.outbox.operations import write_to_role
from evaluator.panels import seating
from evaluator.panels.models import Case
from evaluator.scoring.reading import Unreadable
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext


@dataclass(frozen=True)
class Conflict:
    """A field that another device changed after this page was read: both values to choose from."""

    mine: str
    theirs: str
    mark: str


@dataclass
class Writing:
    """A sheet while it is written: what changed, what differs, what stands and is not changed."""

    sheet: ScoreSheet | None
    changed: set[str] = field(default_factory=set)
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    standing: set[str] = field(default_factory=set)


def write_sheet(
    session: Session, actor: Actor, *, desk: Desk, typed: Mapping[str, Typed]
) -> Writing:
    """Keep what a panellist typed, as typed; raises Refusal where its sheet is closed."""
    _require_own(actor, desk)
    seat = hold_seat(session, desk.seat)
    sheet = _held_sheet(session, desk)
    _refuse_closed(desk, sheet)
    writing = Writing(sheet)
    for name, each in typed.items():
        _write(writing, desk, name, each)
    if writing.sheet is None or not writing.changed:
        return writing
    seating.begin_judging(seat)
    writing.sheet.changed_at = now()
    session.add(writing.sheet)
    session.flush()
    # The log is read by others: until a sheet is handed in it tells no value, and never a note.
    told = sorted(writing.changed - {"note"})
    if told:
        _log(session, actor, desk, writing.sheet, "write", after={"fields": told})
    return writing


def _write(writing: Writing, desk: Desk, name: str, typed: Typed) -> None:
    sheet = writing.sheet
    now_shown, now_kept = shown(sheet, name), kept(sheet, name)
    was_kept, _, was_shown = typed.was.partition("-")
    if typed.value == now_shown or digest(typed.value) == was_shown:
        return
    if was_kept != digest(now_kept) and (typed.was or now_kept):
        writing.conflicts[name] = Conflict(typed.value, now_shown, mark(sheet, name))
    elif name.startswith(BEFORE) and first_stands(desk.sitting) and _is_read(desk, name, now_kept):
        writing.standing.add(name)
    else:
        if sheet is None:
            sheet = writing.sheet = ScoreSheet(
                seat_id=desk.seat.id, before={}, after={}, reason="", note="", changed_at=now()
            )
        _set(sheet, name, typed.value)
        writing.changed.add(name)


def _set(sheet: ScoreSheet, name: str, value: str) -> None:
    """Set a field; a second score that is the first again follows it again."""
    if name.startswith(BEFORE):
        sheet.before = {**sheet.before, name.removeprefix(BEFORE): value}
    elif name.startswith(AFTER):
        fact = name.removeprefix(AFTER)
        own = "" if value == sheet.before.get(fact, "") else value
        sheet.after = {**sheet.after, fact: own}
    else:
        setattr(sheet, name, value)


def _is_read(desk: Desk, name: str, value: str) -> bool:
    found = next(each for each in desk.rubric if each.name == name.removeprefix(BEFORE))
    return flaw_of(found, value) is None


def flaw_of(criterion: Criterion, value: str) -> Unreadable | None:
    """Return what is wrong with a number as typed, None where nothing is."""
    try:
        criterion.read(value)
    except Unreadable as error:
        return error
    return None


def problems(desk: Desk, sheet: ScoreSheet | None, language: str) -> dict[str, str]:
    """Return what keeps a sheet from being handed in, by field."""
    found = {}
    for criterion in desk.rubric:
        for name in (BEFORE + criterion.name, AFTER + criterion.name):
            value = shown(sheet, name)
            flaw = flaw_of(criterion, value) if value else None
            if not value:
                found[name] = gettext("A score is missing here.")
            elif flaw:
                found[name] = flaw.zh if language == "zh" else flaw.en
    if not found and sheet and _differs(desk, sheet) and not sheet.reason:
        found["reason"] = gettext("The second score differs from the first. Say why.")
    return found


def _differs(desk: Desk, sheet: ScoreSheet) -> bool:
    return any(
        each.read(shown(sheet, BEFORE + each.name)) != each.read(shown(sheet, AFTER + each.name))
        for each in desk.rubric
    )


def hand_in(session: Session, actor: Actor, *, desk: Desk, version: int) -> ScoreSheet:
    """Hand in a sheet: from now on it stays as it is, and its panel reads it."""
    _require_own(actor, desk)
    hold_case(session, desk.case)
    sheet = _held_sheet(session, desk)
    _refuse_closed(desk, sheet)
    if sheet is None or problems(desk, sheet, "zh"):
        raise Refusal(gettext("This sheet is not complete. Go back to it and fill in what lacks."))
    if sheet.version != version:
        raise Refusal(gettext("The sheet was changed on another device. Look at it once more."))
    sheet.before, sheet.after = _exact(desk, sheet, BEFORE), _exact(desk, sheet, AFTER)
    sheet.handed_in_at = now()
    session.flush()
    told = {"before": sheet.before, "after": sheet.after, "reason": sheet.reason}
    _log(session, actor, desk, sheet, "hand_in", after=told)
    return sheet


def _exact(desk: Desk, sheet: ScoreSheet, start: str) -> dict[str, str]:
    """Return the scores in one spelling each: what was typed as 85.0 is 85."""
    return {
        each.name: each.text(each.read(shown(sheet, start + each.name))) for each in desk.rubric
    }


def recuse(session: Session, actor: Actor, *, desk: Desk, reason: str) -> None:
    """Withdraw from a case, with a reason, before the sheet is handed in; what it held is gone."""
    _require_own(actor, desk)
    hold_case(session, desk.case)
    seat, sheet = hold_seat(session, desk.seat), _held_sheet(session, desk)
    if sheet is not None and sheet.handed_in_at is not None:
        raise Refusal(gettext("This sheet is handed in; it stays as it is."))
    if not reason.strip():
        raise Refusal(gettext("Say why: those concerned will read it."))
    if sheet is not None:
        session.delete(sheet)
    seating.recuse(session, actor, case=desk.case, seat=seat, reason=reason)
    if too_few(desk.case, desk.rubric):
        _tell_of_shortage(session, actor, desk.case)


def _tell_of_shortage(session: Session, actor: Actor, case: Case) -> None:
    """Write to the organisers, who alone can mend it, before the hearing waits for them."""
    write_to_role(
        session,
        actor,
        role=Role.ORGANISER,
        organisation_path=case.participant.path,
        about="defence.too_few",
        title=lazy_gettext("Too few panellists judge %(name)s", name=case.participant.name),
        text=lazy_gettext(
            "A panellist has withdrawn, and fewer are left than the rule set asks for: the case "
            "cannot be closed. Seat another panellist, of another panel too, or dismiss the case "
            "from the defence."
        ),
        link=f"/panels/cases/{case.id}",
        hold=False,
    )


def _require_own(actor: Actor, desk: Desk) -> None:
    actor.require(Permission.JUDGE, desk.case.participant.path)
    if desk.seat.panellist.account_id != actor.account_id:
        raise NotAllowed(Permission.JUDGE)


def _held_sheet(session: Session, desk: Desk) -> ScoreSheet | None:
    query = (
        select(ScoreSheet)
        .where(ScoreSheet.seat_id == desk.seat.id)
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).one_or_none()


def _refuse_closed(desk: Desk, sheet: ScoreSheet | None) -> None:
    if desk.seat.recused_at is not None:
        raise NotAllowed(Permission.JUDGE)
    words = why_not_write(desk.application, sheet, desk.calibration_open)
    if words:
        raise Refusal(words)


def _log(
    session: Session,
    actor: Actor,
    desk: Desk,
    sheet: ScoreSheet,
    verb: str,
    after: Mapping[str, Any],
) -> None:
    write_line(
        session,
        actor,
        action=f"score_sheet.{verb}",
        subject="defence_case",
        subject_id=desk.case.id,
        organisation_path=desk.case.participant.path,
        after={"sheet": sheet.id, **after},
    )
