"""Lists of events and ratings to the whole numbers that a program asks for."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from evaluator.scoring.compiled import compile_outputs
from evaluator.scoring.periods import before, periods_of, window
from evaluator.scoring.reading import Raw, Unreadable, read_day, reader_of
from rules.lowering import indicators_of
from rules.lowering.events import event_condition
from rules.lowering.program import Slot
from rules.lowering.values import LAST_DAY, MOST_EVENTS
from rules.syntax import (
    ALL,
    CountOf,
    Duration,
    Fact,
    Formula,
    LongestGap,
    MeanOf,
    Missed,
    Part,
    PerEvent,
    Period,
    RuleSet,
    SumOf,
)


class Event(NamedTuple):
    """One event with its date as an ordinal, and its columns as whole numbers or text."""

    day: int
    columns: Mapping[str, int | str]


_Ranked = TypeVar("_Ranked")

Reduce = Callable[[Sequence[Event], int], int]
"""From the events of an organisation and its founding day to a whole number."""


def events_reader(fact: Fact) -> Callable[[Raw], tuple[Event, ...]]:
    """Return the function that reads a list of events; raises Unreadable naming the event."""
    readers = {
        name: str if column.type == "text" else reader_of(column)
        for name, column in fact.fields.items()
    }
    most = int(fact.max or MOST_EVENTS)
    keys = frozenset((*readers, "date"))

    def read_one(raw: Raw) -> Event:
        if not isinstance(raw, Mapping):
            raise Unreadable("应写成带日期的一条记录", "allowed is a mapping with a date")
        if not raw.keys() <= keys:
            unknown = raw.keys() - keys
            raise Unreadable(
                f"没有“{min(unknown)}”这一栏",
                f'"{min(unknown)}" is no column; there are {", ".join(readers)}',
            )
        columns = {
            name: _read_column(name, raw.get(name), read, fact) for name, read in readers.items()
        }
        return Event(_read_column("date", raw.get("date"), read_day, fact), columns)

    def read(raw: Raw) -> tuple[Event, ...]:
        if not isinstance(raw, Sequence) or isinstance(raw, str):
            raise Unreadable("应填写若干条记录", "allowed is a list of events")
        if len(raw) > most:
            raise Unreadable(
                f"共{len(raw)}条，最多{most}条", f"found {len(raw)} events; allowed are {most}"
            )
        return tuple(_numbered(read_one, raw))

    return read


def _read_column(name: str, raw: Raw, read: Callable[[Raw], int | str], fact: Fact) -> int:
    label = "日期" if name == "date" else fact.fields[name].label.zh
    if raw is None:
        raise Unreadable(f"缺少“{label}”", f'"{name}" is missing')
    try:
        return read(raw)  # type: ignore[return-value]
    except Unreadable as error:
        raise Unreadable(f"“{label}”{error.zh}", f"{name}: {error.en}") from None


def _numbered(read_one: Callable[[Raw], Event], raw: Sequence[Raw]) -> Iterable[Event]:
    for number, each in enumerate(raw, 1):
        try:
            yield read_one(each)
        except Unreadable as error:
            raise Unreadable(f"第{number}条：{error.zh}", f"event {number}: {error.en}") from None


def reduction_of(slot: Slot, rule_set: RuleSet) -> tuple[str, Reduce]:
    """Return the fact that a slot is worked out from, and how."""
    node = slot.reduction
    if isinstance(node, Part):
        assert node.per_event is not None  # noqa: S101
        return node.per_event.of, _points_reducer(node, node.per_event, slot, rule_set)
    if isinstance(node, Missed):
        return node.events, _missed_reducer(node, rule_set)
    if isinstance(node, LongestGap):
        return node.events, _gap_reducer(node, rule_set)
    assert isinstance(node, (CountOf, SumOf))  # noqa: S101 - means have a reader of their own
    fact = rule_set.facts[node.events]
    keep = _filter(fact, node.where_, node.within, rule_set.period, node.until == "any_time")
    if isinstance(node, CountOf):
        return node.events, lambda events, _: len(_matters(keep(events), node.once_per))
    column = node.field_
    return node.events, lambda events, _: sum(
        max(int(each.columns[column]) for each in matter)
        for matter in _matters(keep(events), node.once_per)
    )


def _filter(
    fact: Fact,
    condition: Formula | None,
    within: Duration | None,
    period: Period,
    also_later: bool = False,
) -> Callable[[Sequence[Event]], list[Event]]:
    """Return what keeps the events inside the window for which the condition holds."""
    last = LAST_DAY if also_later else period.to.toordinal()
    first = before(period.to, within).toordinal() + 1 if within else period.from_.toordinal()
    holds = _condition(fact, condition) if condition else None

    def keep(events: Sequence[Event]) -> list[Event]:
        inside = [each for each in events if first <= each.day <= last]
        return inside if holds is None else [each for each in inside if holds(each)]

    return keep


def _condition(fact: Fact, condition: Formula) -> Callable[[Event], bool]:
    bit, columns = event_condition(fact, condition)
    run = compile_outputs([bit], len(columns))
    return lambda event: bool(
        run([event.day if name == "date" else int(event.columns[name]) for name in columns])[0]
    )


def _matters(events: list[Event], once_per: str | None) -> list[list[Event]]:
    """Group events that are one matter; without a column each event is its own."""
    if once_per is None:
        return [[each] for each in events]
    groups: dict[int | str, list[Event]] = defaultdict(list)
    for each in events:
        groups[each.columns[once_per]].append(each)
    return list(groups.values())


def _points_reducer(part: Part, per_event: PerEvent, slot: Slot, rule_set: RuleSet) -> Reduce:
    fact = rule_set.facts[per_event.of]
    keep = _filter(fact, per_event.where_, per_event.within, rule_set.period)
    points = _event_points(part, per_event, fact, _points_of(slot, rule_set))

    def best_of(matter: list[Event]) -> Event:
        return max(matter, key=lambda each: (points(each), -each.day))

    def reduce(events: Sequence[Event], founded: int) -> int:
        best = [best_of(matter) for matter in _matters(keep(events), per_event.once_per)]
        if per_event.take == "highest":
            return max((points(each) for each in best), default=0)
        return _capped(best, points, per_event)

    return reduce


def _points_of(slot: Slot, rule_set: RuleSet) -> int:
    """Return the points of the indicator whose part a slot is, named `indicator.part`."""
    name = slot.name.rpartition(".")[0]
    return next(each.points for each in indicators_of(rule_set) if each.id == name)


def _event_points(part: Part, per_event: PerEvent, fact: Fact, most: int) -> Callable[[Event], int]:
    if per_event.by is None:
        fixed = most if part.points == ALL else part.points
        assert isinstance(fixed, int)  # noqa: S101 - the lowering refuses anything else
        return lambda event: fixed
    by = per_event.by
    assert isinstance(part.points, Mapping)  # noqa: S101
    by_code = [part.points[word] for word in fact.fields[by].options]
    return lambda event: by_code[int(event.columns[by])]


def _capped(events: list[Event], points: Callable[[Event], int], per_event: PerEvent) -> int:
    """Return the sum with the caps of each day, then each month, then each year applied.

    A cap bounds what is taken off as it bounds what is brought.
    """
    caps = per_event.caps
    if caps is None:
        return sum(map(points, events))
    sums: dict[str, int] = defaultdict(int)
    for each in events:
        sums[datetime.date.fromordinal(each.day).isoformat()] += points(each)
    for cap, width in ((caps.day, 10), (caps.month, 7), (caps.year, 4)):
        wider: dict[str, int] = defaultdict(int)
        for day, amount in sums.items():
            wider[day[:width]] += amount
        sums = wider
        if cap is not None:
            sums = {day: max(-cap, min(amount, cap)) for day, amount in wider.items()}
    return sum(sums.values())


def _missed_reducer(node: Missed, rule_set: RuleSet) -> Reduce:
    fact = rule_set.facts[node.events]
    holds = _condition(fact, node.where_) if node.where_ else None
    windows = (
        [window(term.from_, term.to, node.tolerance) for term in node.terms]
        if node.terms
        else periods_of(rule_set.period, node.every, node.tolerance)
    )
    pro_rata = rule_set.organisations.part_year == "pro_rata"

    def reduce(events: Sequence[Event], founded: int) -> int:
        days = sorted(each.day for each in events if holds is None or holds(each))
        asked = [window for window in windows if not pro_rata or founded <= window.first]
        return _unmet(days, [(each.opens, each.closes) for each in asked], node.at_least)

    return reduce


def _gap_reducer(node: LongestGap, rule_set: RuleSet) -> Reduce:
    fact, period = rule_set.facts[node.events], rule_set.period
    keep = _filter(fact, node.where_, None, period)
    pro_rata = rule_set.organisations.part_year == "pro_rata"
    start, end = period.from_.toordinal(), period.to.toordinal()

    def reduce(events: Sequence[Event], founded: int) -> int:
        first = max(start, founded) if pro_rata else start
        days = sorted(each.day for each in keep(events) if each.day >= first)
        edges = [first - 1, *days, end + 1]
        return max(0, *(later - earlier - 1 for earlier, later in pairwise(edges)))

    return reduce


def _unmet(days: list[int], windows: list[tuple[int, int]], at_least: int) -> int:
    """Return how many occurrences are missing; each day serves one window, the earliest first.

    Serving the window that closes first, with the earliest day inside it, misses fewest.
    """
    missing, unused = 0, list(days)
    for opens, closes in sorted(windows, key=lambda window: window[1]):
        serving = [day for day in unused if opens <= day <= closes][:at_least]
        for day in serving:
            unused.remove(day)
        missing += at_least - len(serving)
    return missing


def enough_for(number: int, node: MeanOf) -> bool:
    """Whether so many ratings are enough for a mean."""
    return number >= node.at_least


def without_extremes(ranked: Sequence[_Ranked], node: MeanOf) -> Sequence[_Ranked]:
    """Return what is left of ratings in rising order when the lowest and highest are dropped."""
    return ranked[node.drop_lowest : len(ranked) - node.drop_highest]


def ratings_reader(fact: Fact, node: MeanOf) -> Callable[[Raw], tuple[int, int]]:
    """Return what reads ratings: the sum and the count of those left without the extremes."""
    read_one = reader_of(fact)

    def read(raw: Raw) -> tuple[int, int]:
        values = sorted(map(read_one, _as_ratings(raw)))
        if not enough_for(len(values), node):
            raise Unreadable(
                f"只有{len(values)}个评分，至少需要{node.at_least}个",
                f"found {len(values)} ratings; at least {node.at_least} are needed",
            )
        kept = without_extremes(values, node)
        return sum(kept), len(kept)

    return read


def _as_ratings(raw: Raw) -> Sequence[Raw]:
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        raise Unreadable("应填写若干个评分", "allowed is a list of ratings")
    if len(raw) > MOST_EVENTS:
        raise Unreadable(
            f"共{len(raw)}个评分，最多{MOST_EVENTS}个",
            f"found {len(raw)} ratings; allowed are {MOST_EVENTS}",
        )
    return raw
