"""Working days: counted from the day after a notice, by the holidays that the State Council orders.

Pure: days in, days out. Where the holidays come from: `evaluator.notices.holidays`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class Day:
    """A day of the calendar: whether it is worked, and the holiday that it belongs to."""

    day: date
    works: bool
    holiday: str = ""

    @property
    def is_moved(self) -> bool:
        """Return whether it is a Saturday or Sunday that is worked."""
        return self.works and self.day.weekday() >= _SATURDAY


@dataclass(frozen=True)
class Year:
    """What is ordered for a year; `published` is false while the State Council has not done so."""

    off: Mapping[date, str]
    worked: frozenset[date]
    document: str = ""
    published: bool = True


@dataclass(frozen=True)
class Span:
    """The working days of a notice: every day from the one after it to the last one."""

    days: tuple[Day, ...]
    documents: tuple[str, ...]
    unpublished: tuple[int, ...]
    """Years whose holidays are not ordered yet, so that the days may change."""

    @property
    def first(self) -> date:
        """Return the first working day."""
        return next(each.day for each in self.days if each.works)

    @property
    def last(self) -> date:
        """Return the last working day."""
        return self.days[-1].day


@dataclass(frozen=True)
class WorkingCalendar:
    """The years whose holidays are known; in others Saturdays and Sundays alone are free."""

    years: Mapping[int, Year]

    def day(self, day: date) -> Day:
        """Return whether a day is worked, and why not."""
        year = self.years.get(day.year)
        if year is not None and day in year.worked:
            return Day(day, True)
        if year is not None and day in year.off:
            return Day(day, False, year.off[day])
        return Day(day, day.weekday() < _SATURDAY)

    def days(self, first: date, last: date) -> Iterator[Day]:
        """Yield every day from the first to the last."""
        while first <= last:
            yield self.day(first)
            first += _DAY

    def span(self, published_on: date, working_days: int) -> Span:
        """Return so many working days from the day after the publication on."""
        if working_days < 1:
            raise ValueError("a notice has at least one working day")
        found: list[Day] = []
        day, left = published_on, working_days
        while left:
            day += _DAY
            found.append(self.day(day))
            left -= found[-1].works
        return self._spanned(found)

    def remaining(self, today: date, last: date) -> int:
        """Return how many working days are left, today among them."""
        return sum(each.works for each in self.days(today, last))

    def _spanned(self, days: list[Day]) -> Span:
        years = sorted({each.day.year for each in days})
        known = [self.years.get(year) for year in years]
        documents = tuple(each.document for each in known if each and each.document)
        unpublished = tuple(
            year for year, each in zip(years, known, strict=True) if not each or not each.published
        )
        return Span(tuple(days), documents, unpublished)


def day_of(moment: datetime) -> date:
    """Return the day on which a moment falls in Asia/Shanghai."""
    return moment.astimezone(ZONE).date()


def end_of(day: date) -> datetime:
    """Return the moment at which a day is over in Asia/Shanghai."""
    return datetime.combine(day + _DAY, time(), ZONE)
