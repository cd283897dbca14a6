"""Making a timetable of a round, moving single cases by hand, and the key of the call board."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.audit.operations import write_line
from evaluator.database import take_turn
from evaluator.defences.models import DefencePlan, Sitting, SittingState
from evaluator.defences.queries import plan_of, sitting_of, sittings_of
from evaluator.defences.timetabling import (
    Booking,
    Times,
    Timetable,
    Unplaced,
    Waiting,
    clashes,
    plan,
)
from evaluator.panels.models import Case
from evaluator.panels.policy import require_manager, require_open
from evaluator.panels.queries import cases_of, live_seats
from evaluator.rounds.calendar import ZONE
from evaluator.rounds.models import Round
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

CALIBRATION = 0
"""The calibration case is heard before the first of the drawn order."""
Clash = tuple[Booking, Mapping[str, bool]]


class Clashes(Exception):
    """A time that a case cannot have: which others it clashes with, and by what."""

    def __init__(self, found: Sequence[Clash]):
        super().__init__("the time is taken")
        self.found = found


@dataclass(frozen=True)
class Settings:
    """What a timetable is made from."""

    rooms: Sequence[str]
    times: Times
    report: int
    questions: int

    def as_dict(self) -> dict[str, Any]:
        """Return the settings as they are stored."""
        return {
            "rooms": list(self.rooms),
            "days": [each.isoformat() for each in self.times.days],
            "begins": _clock(self.times.begins),
            "ends": _clock(self.times.ends),
            "report": self.report,
            "questions": self.questions,
            "breaks": [f"{_clock(since)}-{_clock(until)}" for since, until in self.times.breaks],
        }


def make_timetable(
    session: Session,
    actor: Actor,
    *,
    made: Round,
    settings: Settings,
    keep: bool,
    version: int,
) -> Sequence[Unplaced]:
    """Give every case of a round a time, and return those that none was found for.

    With `keep`, cases that have a time stay where they are. Those that were called already do so
    in any case.
    """
    require_manager(session, actor)
    require_open(made)
    take_turn(session)
    stored = _stored_plan(session, made, version)
    cases = cases_of(session, made)
    sittings = sittings_of(session, cases)
    staying = {
        number: each
        for number, each in sittings.items()
        if keep or each.state is not SittingState.PLANNED
    }
    found = find_times(cases, staying, settings)
    _write(session, found, sittings, staying)
    stored.settings = settings.as_dict()
    session.flush()
    write_line(
        session,
        actor,
        action="defence.plan",
        subject="round",
        subject_id=made.id,
        after={**settings.as_dict(), "unplaced": len(found.unplaced)},
    )
    return found.unplaced


def find_times(
    cases: Sequence[Case], staying: Mapping[int, Sitting], settings: Settings
) -> Timetable:
    """Return times for the cases that have none that stays."""
    waiting = [_waiting(each) for each in cases if each.id not in staying]
    taken = [booking_of(each, staying[each.id]) for each in cases if each.id in staying]
    return plan(waiting, settings.rooms, settings.times.periods(ZONE), taken)


def _waiting(case: Case) -> Waiting:
    return Waiting(case.id, case.panel_id or 0, _order(case), _people(case))


def _order(case: Case) -> int | None:
    return CALIBRATION if case.is_calibration else case.position


def _people(case: Case) -> frozenset[int]:
    return frozenset(each.panellist_id for each in live_seats(case))


def booking_of(case: Case, sitting: Sitting) -> Booking:
    """Return the time of a case with who sits on it."""
    return Booking(
        case.id,
        case.panel_id or 0,
        sitting.room,
        sitting.starts_at,
        sitting.ends_at,
        _people(case),
        _order(case),
    )


def _write(
    session: Session,
    found: Timetable,
    sittings: Mapping[int, Sitting],
    staying: Mapping[int, Sitting],
) -> None:
    placed = {each.case: each for each in found.bookings}
    for number, sitting in sittings.items():
        if number not in placed:
            session.delete(sitting)
    for number, booking in placed.items():
        if number not in staying:
            sitting = sittings.get(number) or Sitting(case_id=number)
            sitting.room = booking.room
            sitting.starts_at, sitting.ends_at = booking.starts, booking.ends
            session.add(sitting)


def move_by_hand(
    session: Session,
    actor: Actor,
    *,
    case: Case,
    room: str,
    starts: datetime,
    ends: datetime,
    version: int,
) -> Sitting:
    """Give a case another time; raises Clashes where its room or its people are busy then."""
    made = case.participant.round
    require_manager(session, actor)
    require_open(made)
    take_turn(session)
    sitting = sitting_of(session, case)
    _refuse_moving(sitting, version)
    wanted = Booking(case.id, case.panel_id or 0, room, starts, ends, _people(case))
    if found := clashes(wanted, _all_bookings(session, made)):
        raise Clashes(found)
    before = _told(sitting)
    sitting = sitting or Sitting(case_id=case.id)
    sitting.room, sitting.starts_at, sitting.ends_at = room, starts, ends
    session.add(sitting)
    session.flush()
    write_line(
        session,
        actor,
        action="sitting.set_time",
        subject="defence_case",
        subject_id=case.id,
        organisation_path=case.participant.path,
        before=before,
        after=_told(sitting),
    )
    return sitting


def _refuse_moving(sitting: Sitting | None, version: int) -> None:
    if (sitting.version if sitting else 0) != version:
        raise Refusal(gettext("Somebody else has changed this in the meantime. Load it again."))
    if sitting is not None and sitting.state is not SittingState.PLANNED:
        raise Refusal(gettext("This case was called already; its time stays as it is."))


def _all_bookings(session: Session, made: Round) -> Iterable[Booking]:
    cases = cases_of(session, made)
    sittings = sittings_of(session, cases)
    return [booking_of(each, sittings[each.id]) for each in cases if each.id in sittings]


def renew_board_key(session: Session, actor: Actor, *, made: Round) -> str:
    """Give the call board of a round a new address; the old one ends."""
    require_manager(session, actor)
    stored = plan_of(session, made) or DefencePlan(round_id=made.id, settings={})
    stored.board_key = _new_key()
    session.add(stored)
    session.flush()
    # The key itself is a secret of those who hang up the board.
    write_line(session, actor, action="defence.renew_board", subject="round", subject_id=made.id)
    return stored.board_key


def _stored_plan(session: Session, made: Round, version: int) -> DefencePlan:
    stored = plan_of(session, made)
    if stored is None:
        stored = DefencePlan(round_id=made.id, settings={}, board_key=_new_key())
        session.add(stored)
    elif stored.version != version:
        raise Refusal(gettext("Somebody else has changed this in the meantime. Load it again."))
    return stored


def _new_key() -> str:
    return secrets.token_urlsafe(24)


def _told(sitting: Sitting | None) -> dict[str, Any]:
    if sitting is None:
        return {}
    return {"room": sitting.room, "begins": sitting.starts_at, "ends": sitting.ends_at}


def _clock(value: time) -> str:
    return f"{value:%H:%M}"


def read_days(text: str) -> list[date]:
    """Return the days of lines such as 2027-03-08; raises ValueError with the line."""
    return [_line(each, date.fromisoformat) for each in lines_of(text)]


def read_breaks(text: str) -> list[tuple[time, time]]:
    """Return the breaks of lines such as 12:00-14:00; raises ValueError with the line."""
    return [_line(each, _break) for each in lines_of(text)]


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that are not empty, each once."""
    return list(dict.fromkeys(each.strip() for each in text.splitlines() if each.strip()))


def _break(text: str) -> tuple[time, time]:
    since, until = (time.fromisoformat(each.strip()) for each in text.split("-"))
    if since >= until:
        raise ValueError(text)
    return since, until


def _line(text: str, read: Any) -> Any:
    try:
        return read(text)
    except ValueError:
        raise ValueError(text) from None
