"""Moments as people read them: nobody takes the day after a deadline for its last one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask_babel import force_locale

from evaluator.web.showing import deadline


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 28, 16, 0, tzinfo=UTC), "2026年11月28日 24:00"),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), "2026年12月31日 24:00"),
        (datetime(2026, 11, 28, 16, 1, tzinfo=UTC), "2026年11月29日 00:01"),
        (datetime(2026, 11, 28, 9, 30, tzinfo=UTC), "2026年11月28日 17:30"),
    ],
)
def test_midnight_is_the_end_of_the_day_before(app: Flask, moment: datetime, words: str) -> None:
    with app.test_request_context(), force_locale("zh"):
        assert deadline(moment) == words
