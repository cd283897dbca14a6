"""The timetable as its page shows it, and why some cases have no time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.defences.models import DefencePlan, Sitting
from evaluator.defences.planning import Clash, Settings, find_times, read_breaks, read_days
from evaluator.defences.queries import panel_names, sittings_of, visible_with_seats
from evaluator.defences.timetabling import Times, Unplaced, Why
from evaluator.panels.models import Case
from evaluator.panels.queries import live_seats
from evaluator.rounds.calendar import ZONE
from evaluator.rounds.models import Round
from evaluator.web.wording import gettext


@dataclass(frozen=True)
class TimeLine:
    """A case with its time."""

    case: Case
    panel: str
    sitting: Sitting


@dataclass(frozen=True)
class Untimed:
    """A case without a time, and why it has none."""

    case: Case
    panel: str
    why: str


@dataclass(frozen=True)
class TimetablePage:
    """All days of the defence, the cases without a time, and which hand-outs there are."""

    days: Sequence[tuple[date, Sequence[TimeLine]]]
    untimed: Sequence[Untimed]
    handouts: Sequence[tuple[date, int, str]]
    """A day, and a panel that hears cases on it by number and name."""


def timetable_of(
    session: Session, actor: Actor, made: Round, stored: DefencePlan | None
) -> TimetablePage:
    """Return the timetable of a round, as far as an actor may know of its cases."""
    cases, names = visible_with_seats(session, actor, made), panel_names(session, made)
    sittings = sittings_of(session, cases)
    days: dict[date, list[TimeLine]] = {}
    for case in cases:
        sitting = sittings.get(case.id)
        if sitting is not None:
            line = TimeLine(case, names.get(case.panel_id or 0, ""), sitting)
            days.setdefault(sitting.starts_at.astimezone(ZONE).date(), []).append(line)
    for lines in days.values():
        lines.sort(key=lambda each: (each.sitting.starts_at, each.sitting.room))
    handouts = {
        (day, line.case.panel_id, line.panel)
        for day, lines in days.items()
        for line in lines
        if line.case.panel_id
    }
    left = [each for each in cases if each.id not in sittings]
    why = _reasons(cases, sittings, stored) if left else {}
    untimed = [_untimed(each, names, why.get(each.id), cases) for each in left]
    return TimetablePage(sorted(days.items()), untimed, sorted(handouts))


def _reasons(
    cases: Sequence[Case], sittings: Mapping[int, Sitting], stored: DefencePlan | None
) -> dict[int, Unplaced]:
    if stored is None or not stored.settings:
        return {}
    found = find_times(cases, sittings, settings_of(stored.settings))
    return {each.case: each for each in found.unplaced}


def _untimed(
    case: Case, names: Mapping[int, str], why: Unplaced | None, cases: Sequence[Case]
) -> Untimed:
    return Untimed(case, names.get(case.panel_id or 0, ""), _why_words(why, case, cases))


def _why_words(why: Unplaced | None, case: Case, cases: Sequence[Case]) -> str:
    if why is None:
        return gettext("Make the timetable to give it a time.")
    if why.why is Why.PEOPLE_BUSY:
        names = {each.panellist_id: each.panellist.account.name for each in live_seats(case)}
        busy = gettext(", ").join(names[each] for each in why.people if each in names)
        return gettext("In the times left these sit in another room: %(names)s", names=busy)
    if why.why is Why.BEHIND:
        first = next((each for each in cases if each.id == why.behind), None)
        name = first.participant.name if first else ""
        return gettext("It comes after %(name)s, which has no time either.", name=name)
    return {
        Why.NO_ORDER: gettext("It has no place in the order of its panel: draw the lot first."),
        Why.NOBODY: gettext("Nobody sits on it: assign panellists first."),
        Why.ROOMS_FULL: gettext("All rooms are taken; add a room, a day, or time."),
        Why.TIME_OVER: gettext("The panel has more cases than times; add a day, or time."),
    }[why.why]


def settings_of(stored: Mapping[str, Any]) -> Settings:
    """Return stored settings."""
    report, questions = int(stored["report"]), int(stored["questions"])
    times = Times(
        read_days("\n".join(stored["days"])),
        time.fromisoformat(stored["begins"]),
        time.fromisoformat(stored["ends"]),
        report + questions,
        read_breaks("\n".join(stored["breaks"])),
    )
    return Settings(stored["rooms"], times, report, questions)


def clash_words(found: Sequence[Clash], cases: Sequence[Case], names: Mapping[int, str]) -> str:
    """Return what a time clashes with; a case that the reader may not know of has no name."""
    known = {each.id: each.participant.name for each in cases}
    told = []
    for booking, why in found:
        name = known.get(booking.case, gettext("another case"))
        starts, ends = (each.astimezone(ZONE) for each in (booking.starts, booking.ends))
        when = f"{starts:%H:%M}–{ends:%H:%M}"
        if why["room"]:
            words = gettext("%(name)s is in this room %(when)s.", name=name, when=when)
            told.append(words)
        if why["people"]:
            people = gettext(", ").join(names[each] for each in sorted(booking.people & set(names)))
            words = gettext(
                "%(people)s hear %(name)s %(when)s.", people=people, name=name, when=when
            )
            told.append(words)
    return " ".join(told)
