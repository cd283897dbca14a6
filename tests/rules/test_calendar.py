"""Full months and years between dates, against the calendar of the standard library."""

import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from language import holds, number

DATES = st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))


def months(earlier: datetime.date, later: datetime.date) -> int:
    """Count full months one calendar field at a time."""
    whole = (later.year - earlier.year) * 12 + later.month - earlier.month
    return whole - (later.day < earlier.day)


@given(DATES, DATES)
@example(datetime.date(2024, 2, 29), datetime.date(2025, 2, 28))
@example(datetime.date(2024, 1, 31), datetime.date(2024, 2, 29))
@example(datetime.date(1999, 12, 31), datetime.date(2000, 1, 1))
@example(datetime.date(1900, 2, 28), datetime.date(1900, 3, 1))
@example(datetime.date(2100, 2, 28), datetime.date(2100, 3, 1))
def test_days_months_and_years_equal_the_calendar(first, last):
    facts = {"first": first.toordinal(), "last": last.toordinal()}
    assert number("days_between(first, last)", **facts) == (last - first).days
    assert number("months_between(first, last)", **facts) == months(first, last)
    assert number("years_between(first, last)", **facts) == months(first, last) // 12


@given(DATES)
def test_month_and_day_equal_the_calendar(day):
    facts = {"first": day.toordinal()}
    assert number("month_of(first)", **facts) == day.month
    assert number("day_of(first)", **facts) == day.day


@pytest.mark.parametrize("year", [1900, 1904, 1999, 2000, 2001, 2100, 2199])
def test_month_and_day_are_right_around_the_end_of_february(year):
    for offset in range(5):
        day = datetime.date(year, 2, 27) + datetime.timedelta(offset)
        found = [number(f"{name}(first)", first=day.toordinal()) for name in ("month_of", "day_of")]
        assert found == [day.month, day.day]


def test_every_day_of_a_leap_year_and_the_next_is_right():
    start = datetime.date(2024, 1, 31)
    for offset in range(0, 800, 7):
        day = start + datetime.timedelta(offset)
        found = number("months_between(first, last)", first=start.toordinal(), last=day.toordinal())
        assert found == months(start, day)


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ('date("2026-01-01") == period_start', True),
        ('period_end > date("2026-12-31")', False),
        ('period_end >= date("2026-12-31")', True),
    ],
)
def test_dates_are_compared_by_day(text, truth):
    assert holds(text) is truth


def test_age_of_an_organisation_is_counted_to_the_day():
    day = datetime.date(2025, 12, 31)
    assert holds("years_between(first, period_end) >= 1", first=day.toordinal())
    assert not holds("years_between(first, period_end) >= 1", first=day.toordinal() + 1)
