"""The clock of the demonstration: its past happens when it would have happened.

Everything is done by the operations of the service, which look at the clock: with one that runs
through the past weeks each application, review and audit line has a moment of its own, in order,
and what is refused before or after its days is done on them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from evaluator.database import CLOCK, now

ZONE = ZoneInfo("Asia/Shanghai")
_TICK = timedelta(milliseconds=20)
_BEGINS, _ENDS = time(8, 40), time(17, 40)
"""The hours of an office."""


class Clock:
    """A clock that is set forward by hand; each look at it is a moment later, and none before."""

    def __init__(self) -> None:
        self.started = now()
        self.today: date = self.started.astimezone(ZONE).date()
        self._moment = self.started - timedelta(days=10_000)

    def read(self) -> datetime:
        """Return the moment; it never passes the present one."""
        self._moment = min(self._moment + _TICK, self.started)
        return self._moment

    def day(self, days: int) -> date:
        """Return a day counted from today."""
        return self.today + timedelta(days=days)

    def go_to(self, days: int, at: time = _BEGINS) -> None:
        """Go on to an hour of a day counted from today; never backwards."""
        wanted = datetime.combine(self.day(days), at, ZONE).astimezone(UTC)
        self._moment = max(self._moment, min(wanted, self.started))

    def go_on(self, **span: float) -> None:
        """Go on by a span, such as `minutes=20`."""
        self._moment = min(self._moment + timedelta(**span), self.started)

    def before_now(self, minutes: int) -> None:
        """Go on to some minutes before the present moment."""
        self._moment = max(self._moment, self.started - timedelta(minutes=minutes))

    def spread(self, first: int, last: int, count: int) -> Iterator[None]:
        """Go on, step by step, through the office hours of some days; so many steps in all.

        The steps lie uneven, as the work of people does, and the same each time.
        """
        days = last - first + 1
        hours = datetime.combine(self.today, _ENDS) - datetime.combine(self.today, _BEGINS)
        for number in range(count):
            place = (number + (number * 7 % 10) / 10) * days / count
            day = min(int(place), days - 1)
            self.go_to(first + day)
            self._moment = max(self._moment, self._at(first + day, (place - day) * hours))
            yield

    def _at(self, days: int, since: timedelta) -> datetime:
        begins = datetime.combine(self.day(days), _BEGINS, ZONE).astimezone(UTC)
        return min(begins + min(since, timedelta(hours=9)), self.started)

    @contextmanager
    def running(self) -> Iterator[Clock]:
        """Let the service read this clock."""
        token = CLOCK.set(self.read)
        try:
            yield self
        finally:
            CLOCK.reset(token)
