"""Which events a reduction looks at, and which of them are one matter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from evaluator.scoring.columnar.arrays import Array, Bools, narrow
from evaluator.scoring.columnar.columns import EventList
from evaluator.scoring.columnar.kernel import Kernel
from evaluator.scoring.columnar.lists.segments import Numbers, order_within, run_starts, running
from evaluator.scoring.periods import before
from rules.lowering.events import event_condition
from rules.lowering.values import LAST_DAY, bounds_of
from rules.syntax import Duration, Fact, Formula, Period

Choose = Callable[[EventList], EventList]
Days = tuple[int, int]
"""The first and the last ordinal, both included."""


def whole_period(period: Period) -> Days:
    """Return the days of a period."""
    return period.from_.toordinal(), period.to.toordinal()


def looked_back(period: Period, within: Duration | None, until: str = "period_end") -> Days:
    """Return the days of a look-back window, or of the period where there is none."""
    first, last = whole_period(period)
    if within:
        first = before(period.to, within).toordinal() + 1
    return first, LAST_DAY if until == "any_time" else last


def chooser(
    fact: Fact,
    condition: Formula | None,
    days: Days | None = None,
    columns: Iterable[str | None] = (),
) -> Choose:
    """Return what keeps the events of these days for which the condition holds.

    Of their columns it keeps those named; None stands for a column that is not asked for.
    """
    names = [each for each in columns if each]
    holds = _condition(fact, condition) if condition else None

    def choose(events: EventList) -> EventList:
        chosen = np.ones(len(events.day), np.bool_)
        if days:
            chosen &= (events.day >= days[0]) & (events.day <= days[1])
        if holds:
            chosen &= holds(events)
        return _kept(events, chosen, names)

    return choose


def _condition(fact: Fact, condition: Formula) -> Callable[[EventList], Bools]:
    bit, names = event_condition(fact, condition)
    kernel = Kernel([], [bit])
    types = {name: narrow(*bounds_of(fact.fields[name])) for name in names if name != "date"}

    def holds(events: EventList) -> Bools:
        columns: list[Array] = [
            events.columns[name].astype(types[name], copy=False) if name in types else events.day
            for name in names
        ]
        return kernel.run(columns, len(events.day))[0].astype(np.bool_)

    return holds


def _kept(events: EventList, chosen: Bools, names: Sequence[str]) -> EventList:
    if chosen.all():
        return events
    columns = {name: events.columns[name][chosen] for name in names}
    return EventList(running(chosen)[events.offsets], events.day[chosen], columns)


@dataclass(frozen=True)
class Matters:
    """Events that are one matter side by side: `order` arranges them, each begins at a start."""

    order: Numbers
    starts: Numbers
    offsets: Numbers
    """Which matters are those of each organisation."""

    def highest(self, values: Array) -> Numbers:
        """Return the highest value of each matter, of values given event by event."""
        return np.maximum.reduceat(values[self.order], self.starts).astype(np.int64)


def matters_of(events: EventList, column: str) -> Matters:
    """Group the events of each organisation that have equal values in a column."""
    codes = events.columns[column]
    order = order_within(codes, events.offsets)
    starts = run_starts(codes[order], events.offsets)
    return Matters(order, np.flatnonzero(starts), running(starts)[events.offsets])
