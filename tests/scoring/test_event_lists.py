"""Events: windows, look-back, one matter once, the highest, caps."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

import pytest
from factories import points, small
from hypothesis import given
from hypothesis import strategies as st
from listed_events import FACTS, event, found, measured

from rules.syntax import RuleSet


@cache
def rewarded(per_event: str, amounts: str, way: str = "award") -> RuleSet:
    base = "{each: base, points: 9}, " if way == "adjust" else ""
    return small(
        f"{way}: [{base}{{per_event: {per_event}, points: {amounts}}}]",
        FACTS + "base: {label: 基础, type: integer, max: 1}\n",
        points="100",
        keys="floor: -9",
    )


def won(per_event: str, amounts: str, *events: dict[str, Any], way: str = "award") -> str:
    return points(rewarded(per_event, amounts, way), {"honours": list(events), "base": 0})


BY_GIVER = "{nation: 5, city: 3, town: 1}"


def test_events_of_the_period_count_its_edges_included() -> None:
    dates = ["2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01"]
    assert found("count: {events: honours}", *map(event, dates)) == 2


@pytest.mark.parametrize(
    ("within", "first_inside"),
    [
        ("1 year", "2026-01-01"),
        ("2 years", "2025-01-01"),
        ("6 months", "2026-07-01"),
        ("1 month", "2026-12-01"),
        ("31 days", "2026-12-01"),
        ("1 day", "2026-12-31"),
    ],
)
def test_look_back_reaches_so_far_from_the_last_day(within: str, first_inside: str) -> None:
    day = datetime.date.fromisoformat(first_inside)
    before = (day - datetime.timedelta(days=1)).isoformat()
    measure = f"count: {{events: honours, within: {within}}}"
    assert found(measure, event(before)) == 0
    assert found(measure, event(first_inside)) == 1


def test_look_back_leaves_out_what_comes_after_the_period() -> None:
    assert found("count: {events: honours, within: 5 years}", event("2027-01-01")) == 0


def test_condition_chooses_among_events() -> None:
    events = [event("2026-03-01", "nation"), event("2026-03-02", "town", hours="2.5")]
    assert found("count: {events: honours, where: 'giver != \"town\"'}", *events) == 1
    assert found("count: {events: honours, where: 'hours >= 2.5'}", *events) == 1
    assert found("count: {events: honours, where: 'date >= date(\"2026-03-02\")'}", *events) == 1


def test_one_matter_counts_once() -> None:
    events = [
        event("2026-03-01", matter="甲"),
        event("2026-04-01", matter="甲"),
        event("2026-05-01"),
    ]
    assert found("count: {events: honours, once_per: matter}", *events) == 2


def test_sum_adds_a_column_exactly() -> None:
    events = [event(f"2026-03-0{day}", hours="0.1") for day in range(1, 4)]
    rules = measured("sum: {events: honours, field: hours}")
    exact = small(
        "formula: hours_in_all",
        FACTS,
        points="100",
        more="measures: {hours_in_all: {label: 时, sum: {events: honours, field: hours}}}\n",
    )
    assert points(exact, {"honours": events}) == "0.3"
    assert points(rules, {"honours": events, "founded": "2000-01-01"}) == "0"


def test_sum_takes_the_highest_of_one_matter() -> None:
    events = [
        event("2026-03-01", matter="甲", hours="2"),
        event("2026-03-02", matter="甲", hours="7"),
        event("2026-03-03", matter="乙", hours="1"),
    ]
    assert found("sum: {events: honours, field: hours, once_per: matter}", *events) == 8


def test_points_of_events_add_up() -> None:
    events = [
        event("2026-03-01", "nation"),
        event("2026-03-01", "city"),
        event("2026-04-01", "city"),
    ]
    assert won("{of: honours, by: giver}", BY_GIVER, *events) == "11"
    assert won("{of: honours}", "0.5", *events) == "1.5"


def test_highest_event_alone_counts() -> None:
    events = [
        event("2026-03-01", "town"),
        event("2026-03-01", "nation"),
        event("2026-04-01", "city"),
    ]
    assert won("{of: honours, by: giver, take: highest}", BY_GIVER, *events) == "5"
    assert won("{of: honours, by: giver, take: highest}", BY_GIVER) == "0"


def test_highest_event_of_each_matter_counts() -> None:
    events = [
        event("2026-03-01", "town", "甲"),
        event("2026-03-02", "nation", "甲"),
        event("2026-04-01", "city", "乙"),
    ]
    assert won("{of: honours, by: giver, once_per: matter}", BY_GIVER, *events) == "8"


def test_all_points_may_follow_from_one_event() -> None:
    assert won("{of: honours, take: highest}", "all", event("2026-03-01")) == "100"


@pytest.mark.parametrize(
    ("caps", "expected"),
    [
        ("{day: 4}", "12"),  # 4 on 1 March, 3 on 2 March, 5 → 4 on 1 April, 1 on 5 July
        ("{month: 6}", "12"),  # March 11 → 6, April 5, July 1
        ("{year: 10}", "10"),
        ("{day: 4, month: 5}", "10"),  # March 4 + 3 → 5, April 4, July 1
        ("{day: 4, month: 5, year: 9}", "9"),
        ("{day: 4, year: 11}", "11"),
    ],
)
def test_caps_hold_by_day_month_and_year(caps: str, expected: str) -> None:
    events = [
        event("2026-03-01", "nation"),
        event("2026-03-01", "city"),
        event("2026-03-02", "city"),
        event("2026-04-01", "nation"),
        event("2026-07-05", "town"),
    ]
    assert won(f"{{of: honours, by: giver, caps: {caps}}}", BY_GIVER, *events) == expected


def test_caps_of_a_year_hold_for_each_year_looked_back_at() -> None:
    events = [
        event("2025-05-01", "nation"),
        event("2025-06-01", "nation"),
        event("2026-05-01", "city"),
    ]
    per_event = "{of: honours, by: giver, within: 2 years, caps: {year: 6}}"
    assert won(per_event, BY_GIVER, *events) == "9"


def test_caps_hold_for_what_events_take_off_too() -> None:
    events = [event("2026-03-01"), event("2026-03-01"), event("2026-03-02")]
    per_event = "{of: honours, caps: {day: 3}}"
    assert won(per_event, "-2", *events, way="adjust") == "-5"


def test_matter_with_equal_points_counts_on_its_first_day() -> None:
    events = [
        event("2026-03-02", "city", "甲"),
        event("2026-03-01", "city", "甲"),
        event("2026-03-02", "city", "乙"),
    ]
    per_event = "{of: honours, by: giver, once_per: matter, caps: {day: 3}}"
    assert won(per_event, BY_GIVER, *events) == won(per_event, BY_GIVER, *events[::-1]) == "6"


@given(st.permutations(["2026-03-01", "2026-03-01", "2026-03-09", "2026-04-01", "2025-12-01"]))
def test_order_of_events_makes_no_difference(dates: list[str]) -> None:
    events = [event(date, "nation" if date < "2026-03-05" else "city", "甲") for date in dates]
    per_event = "{of: honours, by: giver, within: 2 years, caps: {day: 6, month: 7}}"
    assert won(per_event, BY_GIVER, *events) == "15"  # 5 in December, 10 → 6 and 3 → 7, 3


@pytest.mark.parametrize(("until", "number"), [("period_end", 1), ("any_time", 2)])
def test_what_is_found_after_the_period_counts_where_it_is_said(until: str, number: int) -> None:
    events = [event("2026-12-31"), event("2027-02-01"), event("2025-12-31")]
    assert found(f"count: {{events: honours, until: {until}}}", *events) == number
