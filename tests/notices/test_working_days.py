"""Working days are those that the State Council ordered, weekends that are worked among them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.notices.calendar import day_of, end_of
from evaluator.notices.holidays import HolidayFileError, working_calendar

# As ordered in 国办发明电〔2023〕7号, 〔2024〕12号 and 〔2025〕7号: days off, days worked.
ORDERED = {
    2024: (
        [("01-01", "01-01"), ("02-10", "02-17"), ("04-04", "04-06"), ("05-01", "05-05"),
         ("06-10", "06-10"), ("09-15", "09-17"), ("10-01", "10-07")],
        ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
    ),
    2025: (
        [("01-01", "01-01"), ("01-28", "02-04"), ("04-04", "04-06"), ("05-01", "05-05"),
         ("05-31", "06-02"), ("10-01", "10-08")],
        ["01-26", "02-08", "04-27", "09-28", "10-11"],
    ),
    2026: (
        [("01-01", "01-03"), ("02-15", "02-23"), ("04-04", "04-06"), ("05-01", "05-05"),
         ("06-19", "06-21"), ("09-25", "09-27"), ("10-01", "10-07")],
        ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("year", sorted(ORDERED))
def test_year_is_as_the_state_council_ordered(year: int) -> None:
    calendar = working_calendar()
    off, worked = ORDERED[year]
    expected = {
        day
        for first, last in off
        for day in _days(
            date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{year}-{last}")
        )
    }
    assert set(calendar.years[year].off) == expected
    assert calendar.years[year].worked == {date.fromisoformat(f"{year}-{day}") for day in worked}
    assert calendar.years[year].document.startswith(f"国办发明电〔{year - 1}〕")


def _days(first: date, last: date) -> list[date]:
    return [date.fromordinal(each) for each in range(first.toordinal(), last.toordinal() + 1)]


@pytest.mark.parametrize(
    ("published_on", "first", "last"),
    [
        ("2026-11-20", "2026-11-23", "2026-11-27"),  # a Friday, nothing between
        ("2026-11-18", "2026-11-19", "2026-11-25"),  # over a weekend
        ("2026-09-28", "2026-09-29", "2026-10-10"),  # over the National Day to a worked Saturday
        ("2026-02-12", "2026-02-13", "2026-02-26"),  # over Spring Festival, Saturday 14th worked
        ("2025-01-24", "2025-01-26", "2025-02-07"),  # begins on a worked Sunday
        ("2026-09-18", "2026-09-20", "2026-09-24"),
        ("2026-12-30", "2026-12-31", "2027-01-07"),  # into a year that is not ordered yet
    ],
)
def test_five_working_days_count_from_the_day_after(
    published_on: str, first: str, last: str
) -> None:
    span = working_calendar().span(date.fromisoformat(published_on), 5)
    assert (span.first.isoformat(), span.last.isoformat()) == (first, last)


def test_year_that_is_not_ordered_yet_is_told() -> None:
    span = working_calendar().span(date(2026, 12, 30), 5)
    assert span.unpublished == (2027,)
    assert span.documents == ("国办发明电〔2025〕7号", "《全国年节及纪念日放假办法》")
    assert working_calendar().span(date(2026, 11, 20), 5).unpublished == ()
    assert working_calendar().span(date(2031, 5, 20), 5).unpublished == (2031,)


def test_remaining_days_count_today_and_end_with_the_last() -> None:
    calendar, last = working_calendar(), date(2026, 11, 27)
    found = [calendar.remaining(date(2026, 11, day), last) for day in (20, 21, 23, 27, 28)]
    assert found == [6, 5, 5, 1, 0]


@given(st.dates(date(2023, 1, 1), date(2028, 12, 31)), st.integers(1, 40))
def test_span_holds_as_many_working_days_and_ends_with_one(published_on: date, count: int) -> None:
    span = working_calendar().span(published_on, count)
    assert sum(each.works for each in span.days) == count
    assert span.days[-1].works
    assert span.days[0].day.toordinal() == published_on.toordinal() + 1
    assert span.first <= span.last


def test_day_ends_at_midnight_in_shanghai() -> None:
    assert end_of(date(2026, 11, 27)) == datetime(2026, 11, 27, 16, 0, tzinfo=UTC)
    assert day_of(datetime(2026, 11, 27, 15, 59, tzinfo=UTC)) == date(2026, 11, 27)
    assert day_of(datetime(2026, 11, 27, 16, 0, tzinfo=UTC)) == date(2026, 11, 28)


def test_further_file_replaces_a_year(tmp_path: Path) -> None:
    file = tmp_path / "holidays.yaml"
    file.write_text(
        "years:\n  2027:\n    document: 国办发明电〔2026〕9号\n"
        "    free:\n      - {from: 2027-01-01, to: 2027-01-03, name: 元旦}\n"
        "    worked: [2027-01-09]\n",
        encoding="utf-8",
    )
    calendar = working_calendar(file)
    span = calendar.span(date(2026, 12, 30), 5)
    assert (span.last, span.unpublished) == (date(2027, 1, 7), ())
    assert calendar.day(date(2027, 1, 9)).is_moved
    assert calendar.years[2026] == working_calendar().years[2026]
    assert calendar.day(date(2027, 2, 5)).works
    assert working_calendar(tmp_path / "none.yaml") == working_calendar()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("years: [2027]", "years must name years, such as 2027"),
        ("year: {}", "expected orders and years, nothing else"),
        ("years: {2027: {spare: []}}", "2027: allowed are document, free, published, worked"),
        (
            "years: {2027: {free: [{day: 2026-01-01, name: 元旦}]}}",
            "2026-01-01 lies in another year",
        ),
        ("years: {2027: {free: [{day: soon, name: 元旦}]}}", "'soon' is no day"),
        ("years: {2027: {free: [{day: 2027-01-01}]}}", "must be {from, to, name} or {day, name}"),
        ("years: {2027: {worked: [2027-01-06]}}", "2027-01-06 is worked anyway"),
        ("years: {2027: {published: perhaps}}", "published must be true or false"),
        (
            "years: {2027: {free: [{from: 2027-02-02, to: 2027-02-01, name: x}]}}",
            "is no row of days",
        ),
        ("years: {2027: [", "holidays.yaml: "),
    ],
)
def test_wrong_file_is_told_in_words(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "holidays.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(HolidayFileError) as caught:
        working_calendar(file)
    assert words in str(caught.value)
