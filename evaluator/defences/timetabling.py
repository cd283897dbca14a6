"""When and where each case is heard; it knows numbers and moments alone, neither tables nor pages.

Each panel hears its cases in order, one at a time; nobody sits in two rooms at once; no room hears
two cases at once. Time is cut into periods of the same length. In each of them, the panels that
have most cases left go first, among all choices that keep people apart: since all periods are as
long as each other, the longest queue is what decides when everything is over. What does not fit is
told with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Times:
    """The days of the defence, their begin and end, and the times in which nobody is heard."""

    days: Sequence[date]
    begins: time
    ends: time
    minutes: int
    breaks: Sequence[tuple[time, time]] = ()

    def periods(self, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
        """Return the periods in which a case can be heard, in order."""
        found = []
        for day in sorted(set(self.days)):
            start, end = datetime.combine(day, self.begins), datetime.combine(day, self.ends)
            while start + timedelta(minutes=self.minutes) <= end:
                stop = start + timedelta(minutes=self.minutes)
                after = self._break_during(start, stop)
                if after is None:
                    found.append((start.replace(tzinfo=zone), stop.replace(tzinfo=zone)))
                start = after or stop
        return found

    def _break_during(self, start: datetime, stop: datetime) -> datetime | None:
        """Return when the last break ends that a period would run into."""
        ends = [
            datetime.combine(start.date(), until)
            for since, until in self.breaks
            if datetime.combine(start.date(), since) < stop
            and start < datetime.combine(start.date(), until)
        ]
        return max(ends, default=None)


@dataclass(frozen=True)
class Waiting:
    """A case that waits for a time: its panel, its place in the order, who sits on it."""

    case: int
    panel: int
    order: int | None
    people: frozenset[int]


@dataclass(frozen=True)
class Booking:
    """That a case is heard in a room from one moment to another, by whom."""

    case: int
    panel: int
    room: str
    starts: datetime
    ends: datetime
    people: frozenset[int]
    order: int | None = None

    def overlaps(self, starts: datetime, ends: datetime) -> bool:
        """Return whether it lies in a time."""
        return self.starts < ends and starts < self.ends


class Why(StrEnum):
    """Why a case has no time."""

    NO_ORDER = "no_order"
    NOBODY = "nobody"
    BEHIND = "behind"
    """A case before it in the order of its panel has no time either."""
    ROOMS_FULL = "rooms_full"
    PEOPLE_BUSY = "people_busy"
    TIME_OVER = "time_over"
    """The panel hears one case at a time, and its cases need more periods than there are."""


@dataclass(frozen=True)
class Unplaced:
    """A case without a time: why, and for busy people who they are."""

    case: int
    why: Why
    people: tuple[int, ...] = ()
    behind: int | None = None


@dataclass(frozen=True)
class Timetable:
    """What was found."""

    bookings: Sequence[Booking]
    unplaced: Sequence[Unplaced]


@dataclass
class _Queue:
    """The cases of a panel that still wait, and what kept the first of them from each period."""

    panel: int
    cases: list[Waiting]
    room: str = ""
    rooms_full: int = 0
    busy: set[int] = field(default_factory=set)

    @property
    def first(self) -> Waiting:
        return self.cases[0]


def plan(
    waiting: Iterable[Waiting],
    rooms: Sequence[str],
    periods: Sequence[tuple[datetime, datetime]],
    taken: Iterable[Booking] = (),
) -> Timetable:
    """Return a timetable of the waiting cases around what is taken already."""
    ready, unplaced = [], []
    for each in waiting:
        if each.order is None or not each.people:
            why = Why.NO_ORDER if each.order is None else Why.NOBODY
            unplaced.append(Unplaced(each.case, why))
        else:
            ready.append(each)
    queues, bookings = _queues(ready), list(taken)
    for period in periods:
        open_queues = [each for each in queues if each.cases]
        if not open_queues:
            break
        bookings += _fill(open_queues, rooms, period, bookings)
    for queue in queues:
        unplaced += _reasons(queue)
    return Timetable(bookings, unplaced)


def _queues(ready: Sequence[Waiting]) -> list[_Queue]:
    by_panel: dict[int, list[Waiting]] = {}
    for each in sorted(ready, key=lambda each: (each.panel, each.order or 0, each.case)):
        by_panel.setdefault(each.panel, []).append(each)
    return [_Queue(panel, cases) for panel, cases in sorted(by_panel.items())]


def _fill(
    queues: Sequence[_Queue],
    rooms: Sequence[str],
    period: tuple[datetime, datetime],
    bookings: Sequence[Booking],
) -> list[Booking]:
    starts, ends = period
    here = [each for each in bookings if each.overlaps(starts, ends)]
    free = [room for room in rooms if room not in {each.room for each in here}]
    at_work = {each.panel for each in here}
    sitting = frozenset(number for each in here for number in each.people)
    able = []
    for queue in queues:
        if queue.panel in at_work or _waits(queue, bookings, ends):
            continue
        busy = queue.first.people & sitting
        queue.busy |= busy
        if not busy:
            able.append(queue)
    chosen = _most_urgent(able, len(free))
    together = sitting.union(*(each.first.people for each in chosen)) if chosen else sitting
    for queue in able:
        if queue not in chosen:
            busy = queue.first.people & together
            queue.busy |= busy
            queue.rooms_full += not busy
    return [_book(queue, room, period) for queue, room in _with_rooms(chosen, free)]


def _waits(queue: _Queue, bookings: Sequence[Booking], ends: datetime) -> bool:
    """Return whether a case before the next one of a panel has a later time, set by hand."""
    order = queue.first.order or 0
    return any(
        each.panel == queue.panel and each.starts >= ends and (each.order or 0) < order
        for each in bookings
    )


def _most_urgent(able: Sequence[_Queue], most: int) -> list[_Queue]:
    """Return the queues whose first cases share nobody and that have most cases left in all."""
    ordered = sorted(able, key=lambda each: (-len(each.cases), each.panel))
    best: tuple[int, list[_Queue]] = (0, [])

    def choose(number: int, taken: list[_Queue], people: frozenset[int], weight: int) -> None:
        nonlocal best
        if weight > best[0]:
            best = (weight, list(taken))
        left = ordered[number : number + most - len(taken)]
        if weight + sum(len(each.cases) for each in left) <= best[0]:
            return
        queue = ordered[number]
        if not queue.first.people & people:
            more = people | queue.first.people
            choose(number + 1, [*taken, queue], more, weight + len(queue.cases))
        choose(number + 1, taken, people, weight)

    choose(0, [], frozenset(), 0)
    return best[1]


def _with_rooms(chosen: Sequence[_Queue], free: Sequence[str]) -> list[tuple[_Queue, str]]:
    """Return a room for each; a panel stays in the room that it had where it can."""
    left, found = list(free), []
    for queue in sorted(chosen, key=lambda each: (each.room not in free, each.panel)):
        room = queue.room if queue.room in left else left[0]
        left.remove(room)
        queue.room = room
        found.append((queue, room))
    return found


def _book(queue: _Queue, room: str, period: tuple[datetime, datetime]) -> Booking:
    case = queue.cases.pop(0)
    queue.busy.clear()
    queue.rooms_full = 0
    return Booking(case.case, case.panel, room, *period, people=case.people, order=case.order)


def _reasons(queue: _Queue) -> list[Unplaced]:
    """Return why the cases of a queue have no time: the first for itself, the others behind it."""
    if not queue.cases:
        return []
    first, *others = queue.cases
    if queue.busy:
        told = Unplaced(first.case, Why.PEOPLE_BUSY, tuple(sorted(queue.busy)))
    else:
        told = Unplaced(first.case, Why.ROOMS_FULL if queue.rooms_full else Why.TIME_OVER)
    return [told, *(Unplaced(each.case, Why.BEHIND, behind=first.case) for each in others)]


def clashes(wanted: Booking, others: Iterable[Booking]) -> list[tuple[Booking, Mapping[str, bool]]]:
    """Return the bookings that a wanted one clashes with: by room, by people, or both."""
    found: list[tuple[Booking, Mapping[str, bool]]] = []
    for each in others:
        if each.case != wanted.case and each.overlaps(wanted.starts, wanted.ends):
            why = {"room": each.room == wanted.room, "people": bool(each.people & wanted.people)}
            if any(why.values()):
                found.append((each, why))
    return found
