"""Calendar arithmetic: months that end early, windows that meet without gap or overlap."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.scoring.periods import add_months, after, before, periods_of
from rules.syntax import Duration, Period


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-12-31", 12, "2027-12-31"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-12-01", 1, "2027-01-01"),
    ],
)
def test_same_day_some_months_later(start: str, months: int, end: str) -> None:
    assert add_months(day(start), months) == day(end)


@pytest.mark.parametrize(
    ("duration", "later", "earlier"),
    [
        (Duration(3, "day"), "2026-03-03", "2026-02-25"),
        (Duration(1, "month"), "2026-03-28", "2026-01-28"),
        (Duration(2, "year"), "2028-02-28", "2024-02-28"),
    ],
)
def test_durations_lead_both_ways(duration: Duration, later: str, earlier: str) -> None:
    start = day("2026-02-28")
    assert (after(start, duration), before(start, duration)) == (day(later), day(earlier))


@pytest.mark.parametrize(
    ("every", "firsts"),
    [
        ("quarter", ["2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"]),
        ("half_year", ["2026-01-01", "2026-07-01"]),
        ("year", ["2026-01-01"]),
        ("period", ["2026-01-01"]),
    ],
)
def test_periods_of_a_calendar_year(every: str, firsts: list[str]) -> None:
    windows = periods_of(Period(from_=day("2026-01-01"), to=day("2026-12-31")), every, None)
    assert [window.first for window in windows] == [day(each).toordinal() for each in firsts]
    assert windows[-1].closes == day("2026-12-31").toordinal()


def test_months_of_a_period_from_the_31st_keep_to_the_end_of_months() -> None:
    windows = periods_of(Period(from_=day("2026-01-31"), to=day("2026-05-30")), "month", None)
    firsts = [datetime.date.fromordinal(window.first).isoformat() for window in windows]
    assert firsts == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]


@given(
    st.dates(day("2020-01-01"), day("2028-12-31")),
    st.integers(0, 900),
    st.sampled_from(["month", "quarter", "half_year", "year", "period"]),
)
def test_periods_meet_without_gap_or_overlap(first: datetime.date, length: int, every: str) -> None:
    last = first + datetime.timedelta(days=length)
    windows = periods_of(Period(from_=first, to=last), every, None)
    assert windows[0].opens == first.toordinal()
    assert windows[-1].closes == last.toordinal()
    for earlier, later in pairwise(windows):
        assert later.opens == earlier.closes + 1


@given(st.dates(day("2020-01-01"), day("2028-12-31")), st.sampled_from(["day", "month"]))
def test_windows_with_a_tolerance_open_and_close_in_order(first: datetime.date, unit: str) -> None:
    last = first + datetime.timedelta(days=500)
    windows = periods_of(Period(from_=first, to=last), "month", Duration(1, unit))
    assert [each.opens for each in windows] == sorted(each.opens for each in windows)
    assert [each.closes for each in windows] == sorted(each.closes for each in windows)
