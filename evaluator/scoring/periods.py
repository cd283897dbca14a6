"""Calendar arithmetic: look-back windows, and the months, quarters and years of a period."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass

from rules.syntax import Duration, Period

_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


@dataclass(frozen=True)
class Window:
    """One month, quarter, … of a period; all days are ordinals and included.

    `first` is its own first day; it opens and closes a tolerance earlier and later.
    """

    first: int
    opens: int
    closes: int


def add_months(day: datetime.date, months: int) -> datetime.date:
    """Return the same day some months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def after(day: datetime.date, duration: Duration) -> datetime.date:
    """Return the day that lies a duration later."""
    if duration.unit == "day":
        return day + datetime.timedelta(days=duration.count)
    return add_months(day, duration.count * (12 if duration.unit == "year" else 1))


def before(day: datetime.date, duration: Duration) -> datetime.date:
    """Return the day that lies a duration earlier."""
    return after(day, Duration(-duration.count, duration.unit))


def periods_of(period: Period, every: str, tolerance: Duration | None) -> list[Window]:
    """Return the windows of a period; the last one ends with the period."""
    firsts = [period.from_]
    while every != "period" and firsts[-1] <= period.to:
        # From the start, not from the one before: the 31st would stay the 28th after February.
        firsts.append(add_months(period.from_, len(firsts) * _MONTHS[every]))
    day = datetime.timedelta(days=1)
    lasts = [min(following - day, period.to) for following in firsts[1:]] or [period.to]
    return [window(first, last, tolerance) for first, last in zip(firsts, lasts, strict=False)]


def window(first: datetime.date, last: datetime.date, tolerance: Duration | None) -> Window:
    """Return one window by its first and last day."""
    if tolerance is None:
        return Window(first.toordinal(), first.toordinal(), last.toordinal())
    return Window(
        first.toordinal(), before(first, tolerance).toordinal(), after(last, tolerance).toordinal()
    )
