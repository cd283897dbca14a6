"""Occurrences that are asked for, by month or by term, and the longest gap between any two."""

from __future__ import annotations

from functools import cache
from itertools import combinations, permutations

import pytest
from factories import points, small
from hypothesis import given
from hypothesis import strategies as st
from listed_events import FACTS, event, found, measured

from evaluator.scoring.events import _unmet
from rules.syntax import RuleSet

MONTHLY = [f"2026-{month:02d}-15" for month in range(1, 13)]


@pytest.mark.parametrize(
    ("missed", "dates", "missing"),
    [
        ("every: month", MONTHLY, 0),
        ("every: month", MONTHLY[:-2], 2),
        ("every: month", ["2026-01-01", "2026-01-31"], 11),
        ("every: quarter", ["2026-03-31", "2026-04-01", "2026-09-30"], 1),
        ("every: half_year", ["2026-06-30"], 1),
        ("every: year", [], 1),
        ("every: period", ["2026-12-31"], 0),
        ("every: quarter, at_least: 2", ["2026-01-01", "2026-02-01", "2026-05-01"], 5),
        ("every: period, at_least: 4", ["2026-05-01"], 3),
        ("every: month", [], 12),
    ],
)
def test_missing_occurrences_are_counted(missed: str, dates: list[str], missing: int) -> None:
    assert found(f"missed: {{events: honours, {missed}}}", *map(event, dates)) == missing


@pytest.mark.parametrize(
    ("tolerance", "dates", "missing"),
    [
        ("5 days", ["2026-02-05"], 11),  # serves January, no second time February
        ("5 days", ["2026-02-06"], 11),  # serves February
        ("5 days", ["2026-02-05", "2026-02-06"], 10),
        ("5 days", ["2025-12-27"], 11),  # five days before January
        ("5 days", ["2025-12-26"], 12),
        ("5 days", ["2027-01-05"], 11),
        ("5 days", ["2027-01-06"], 12),
        ("1 month", ["2025-12-01", "2027-01-31"], 10),
        ("1 month", ["2026-01-31", "2026-01-31", "2026-01-31"], 10),  # January and February
    ],
)
def test_tolerance_lets_an_occurrence_serve_its_neighbour(
    tolerance: str, dates: list[str], missing: int
) -> None:
    measure = f"missed: {{events: honours, every: month, tolerance: {tolerance}}}"
    assert found(measure, *map(event, dates)) == missing


def test_missing_occurrences_may_be_of_some_events_alone() -> None:
    events = [event(date, "town") for date in MONTHLY] + [event("2026-05-01", "nation")]
    measure = "missed: {events: honours, every: month, where: 'giver == \"nation\"'}"
    assert found(measure, *events) == 11


@pytest.mark.parametrize(
    ("founded", "missing"),
    [
        ("2000-01-01", 12),
        ("2026-01-01", 12),
        ("2026-01-02", 11),
        ("2026-05-01", 8),
        ("2026-05-02", 7),
        ("2026-12-02", 0),
    ],
)
def test_pro_rata_asks_for_full_months_from_the_founding_day(founded: str, missing: int) -> None:
    rules = measured(
        "missed: {events: honours, every: month}",
        "{part_year: pro_rata, founded: founded, merged: mean}",
    )
    assert points(rules, {"honours": []}, founded=founded) == str(missing)
    assert points(rules, {"honours": [], "founded": founded}) == str(missing)


def test_in_full_asks_for_every_month_of_the_young_too() -> None:
    rules = measured("missed: {events: honours, every: month}")
    assert points(rules, {"honours": []}, founded="2026-12-02") == "12"


def fewest_missing(days: list[int], windows: list[tuple[int, int]], at_least: int) -> int:
    """Return the fewest missing occurrences over all ways to let days serve windows."""
    places = [window for window in windows for _ in range(at_least)]
    for served in range(min(len(days), len(places)), 0, -1):
        for chosen in combinations(range(len(places)), served):
            for order in permutations(days, served):
                if all(
                    places[place][0] <= day <= places[place][1]
                    for place, day in zip(chosen, order, strict=True)
                ):
                    return len(places) - served
    return len(places)


@given(
    st.lists(st.integers(0, 20), max_size=4).map(sorted),
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 9)), min_size=1, max_size=3),
    st.integers(1, 2),
)
def test_serving_the_window_that_closes_first_misses_fewest(
    days: list[int], terms: list[tuple[int, int]], at_least: int
) -> None:
    windows = [(opens, opens + length) for opens, length in terms]
    assert _unmet(days, windows, at_least) == fewest_missing(days, windows, at_least)


TERMS = (
    "missed: {events: honours, every: term, at_least: 2, "
    "terms: [{from: 2026-02-23, to: 2026-07-10}, {from: 2026-09-01, to: 2027-01-20}]}"
)


@pytest.mark.parametrize(
    ("dates", "missing"),
    [
        ([], 4),
        (["2026-02-23", "2026-07-10", "2026-09-01", "2027-01-20"], 0),
        (["2026-02-22", "2026-07-11", "2026-08-31", "2027-01-21"], 4),
        (["2026-03-01", "2026-03-02", "2026-03-03", "2026-10-01"], 1),
    ],
)
def test_terms_are_asked_for_as_listed(dates: list[str], missing: int) -> None:
    assert found(TERMS, *map(event, dates)) == missing


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        ([], 365),
        (["2026-01-01", "2026-12-31"], 363),
        (["2026-07-01"], 183),  # 2 July to 31 December
        (["2026-01-11", "2026-01-11", "2026-12-31"], 353),
        (["2025-12-31", "2027-01-01"], 365),
    ],
)
def test_longest_gap_reaches_from_edge_to_edge(dates: list[str], days: int) -> None:
    rules = gap("{part_year: in_full, merged: mean}")
    facts = {"honours": list(map(event, dates)), "founded": "2000-01-01"}
    assert points(rules, facts) == str(days)


@pytest.mark.parametrize(
    ("founded", "days"), [("2026-12-22", 10), ("2026-12-31", 1), ("2027-06-01", 0)]
)
def test_longest_gap_begins_with_the_founding_under_pro_rata(founded: str, days: int) -> None:
    rules = gap("{part_year: pro_rata, founded: founded, merged: mean}")
    assert points(rules, {"honours": [], "founded": founded}) == str(days)


@cache
def gap(organisations: str) -> RuleSet:
    return small(
        "award: [{each: gap, points: 1}]",
        FACTS + "founded: {label: 成立, type: date, source: {organisation: founded}}\n",
        points="400",
        more=f"organisations: {organisations}\n"
        "measures: {gap: {label: 天, longest_gap: {events: honours}}}\n",
    )
