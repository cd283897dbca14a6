"""The clock of the service, set from step to step of the round."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from unittest.mock import patch
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


class Clock:
    """A clock that stands still until it is set; every look is a second later."""

    def __init__(self, *day: int):
        self.moment = _morning(*day)

    def now(self, zone: tzinfo | None = None) -> datetime:
        """Return the moment as `datetime.now` does."""
        self.moment += timedelta(milliseconds=1)
        return self.moment.astimezone(zone or UTC)

    def go_to(self, *day: int) -> None:
        """Go on to nine o'clock in the morning of a day."""
        later = _morning(*day)
        assert later > self.moment, "time does not run backwards"
        self.moment = later

    @contextmanager
    def running(self) -> Iterator[Clock]:
        """Let the service read this clock; all of it asks `evaluator.database.now`."""
        with patch("evaluator.database.datetime", self):
            yield self


def _morning(*day: int) -> datetime:
    year, month, number = day
    return datetime(year, month, number, 9, tzinfo=ZONE)
