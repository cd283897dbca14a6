"""Reductions of lists in columns come to what the explaining path comes to, one by one."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest
from factories import rule_set
from hypothesis import given, settings
from hypothesis import strategies as st
from list_columns import (
    Facts,
    assert_agreement,
    event_list,
    explained,
    lists_of,
    program_of,
    reduced,
)

from evaluator.scoring.columnar.columns import EventList
from evaluator.scoring.columnar.lists import reducer_of
from rules.syntax import RuleSet

FACTS = """
facts:
  base: {label: 基础, type: integer, max: 1}
  founded: {label: 成立, type: date, source: {organisation: founded}}
  honours:
    label: 荣誉
    type: events
    max: 12
    fields:
      giver: {label: 授予单位, type: choice, options: {nation: 国家级, city: 市级, town: 镇级}}
      matter: {label: 事项, type: text}
      hours: {label: 时长, type: decimal, min: -3, max: 100}
      held: {label: 召开, type: boolean}
      reported: {label: 上报, type: date}
  marks: {label: 评分, type: ratings, min: -2, max: 10}
"""
MEASURES = {
    "all": "count: {events: honours}",
    "recent": "count: {events: honours, within: 6 months}",
    "older": "count: {events: honours, within: 2 years, until: any_time, where: 'hours >= 1.5'}",
    "once": "count: {events: honours, once_per: matter}",
    "givers": "count: {events: honours, once_per: giver, where: 'held', until: any_time}",
    "added": "sum: {events: honours, field: hours}",
    "best": "sum: {events: honours, field: hours, once_per: matter, within: 40 days}",
    "late": "sum: {events: honours, field: hours, once_per: reported, where: 'date < reported'}",
    "months": "missed: {events: honours, every: month}",
    "lenient": "missed: {events: honours, every: month, tolerance: 10 days}",
    "twice": "missed: {events: honours, every: quarter, at_least: 2, tolerance: 1 month}",
    "some": "missed: {events: honours, every: half_year, where: 'giver != \"town\"'}",
    "whole": "missed: {events: honours, every: period, at_least: 3}",
    "terms": "missed: {events: honours, every: term, at_least: 2, terms: [{from: 2026-01-10, "
    "to: 2026-09-01}, {from: 2026-03-01, to: 2026-07-10}, {from: 2026-05-01, to: 2027-01-20}]}",
    "gap": "longest_gap: {events: honours}",
    "city_gap": "longest_gap: {events: honours, where: 'giver == \"city\" or hours > 50'}",
    "mean": "mean: {ratings: marks}",
    "trimmed": "mean: {ratings: marks, drop_highest: 1, drop_lowest: 2, at_least: 4}",
    "topless": "mean: {ratings: marks, drop_highest: 1, at_least: 2}",
}
PARTS = {
    "{of: honours}": "-0.5",
    "{of: honours, take: highest}": "2",
    "{of: honours, by: giver}": "{nation: 5, city: 3, town: -1}",
    "{of: honours, by: giver, take: highest, within: 30 days}": "{nation: -5, city: -3, town: -1}",
    "{of: honours, by: giver, once_per: matter}": "{nation: 5, city: 3, town: 3}",
    "{of: honours, by: giver, caps: {day: 4}}": "{nation: 5, city: 3, town: -9}",
    "{of: honours, by: giver, within: 2 years, caps: {month: 6, year: 7}}": (
        "{nation: 5, city: 3, town: -1}"
    ),
    "{of: honours, by: giver, once_per: matter, caps: {day: 5, month: 6, year: 9}}": (
        "{nation: 5, city: 3, town: 3}"
    ),
    "{of: honours, once_per: held, caps: {day: 1}, where: 'hours < 9'}": "2",
    "{of: honours, within: 3 years, caps: {year: 3, day: 999999999999999}}": "1",
}


def every_reduction(part_year: str, period: str) -> RuleSet:
    measures = "".join(f"  {name}: {{label: 数, {way}}}\n" for name, way in MEASURES.items())
    parts = "".join(
        f"            - {{per_event: {way}, points: {points}}}\n" for way, points in PARTS.items()
    )
    return rule_set(
        'rule_set: lists\ncategory: demo\nversion: "1"\ntitle: 列表\nscale: {total: 100}\n'
        f"period: {period}\n"
        f"organisations: {{part_year: {part_year}, founded: founded, merged: mean}}\n"
        f"{FACTS}measures:\n{measures}dimensions:\n  - id: d\n    title: 维度\n    points: 100\n"
        "    indicators:\n      - {id: all, title: 全部, points: 40, rule: {award: "
        "[{per_event: {of: honours, once_per: giver, caps: {month: 70}}, points: all}]}}\n"
        "      - id: x\n        title: 指标\n        points: 60\n"
        "        floor: -100\n        rule:\n          adjust:\n"
        f"            - {{each: floor({' + '.join(MEASURES)}), points: 1}}\n{parts}"
    )


YEAR = "{from: 2026-01-01, to: 2026-12-31}"
RULES = [
    every_reduction("in_full", YEAR),
    every_reduction("pro_rata", YEAR),
    every_reduction("pro_rata", "{from: 2025-08-31, to: 2026-08-30}"),
]


def day_text(day: int) -> str:
    return datetime.date.fromordinal(day).isoformat()


FIRST = datetime.date(2025, 8, 31).toordinal()
days = st.sampled_from(
    [FIRST - 1, FIRST, FIRST + 123, FIRST + 364, FIRST + 365, FIRST + 487, FIRST + 488]
) | st.integers(FIRST - 500, FIRST + 530)
events = st.builds(
    lambda day, giver, matter, hours, held, later: {
        "date": day_text(day),
        "giver": giver,
        "matter": matter,
        "hours": hours,
        "held": held,
        "reported": day_text(day + later),
    },
    days,
    st.sampled_from(["nation", "city", "town"]),
    st.sampled_from(["甲", "乙", "丙", "丁"]),
    st.sampled_from(["-3", "0", "1.5", "8.99", "9", "50.01", "100"]),
    st.booleans(),
    st.integers(-1, 1),
)
organisations = st.fixed_dictionaries(
    {},
    optional={
        "founded": days.map(day_text),
        "honours": st.lists(events, max_size=13),
        "marks": st.lists(st.sampled_from(["-2", "-0.01", "0", "9.99", "10"]), max_size=7),
    },
)


@pytest.mark.parametrize("rules", RULES, ids=["in_full", "pro_rata", "school_year"])
@settings(max_examples=60)
@given(everyone=st.lists(organisations, max_size=7))
def test_every_reduction_agrees_with_the_explaining_path(
    rules: RuleSet, everyone: list[Facts]
) -> None:
    assert_agreement(rules, everyone)


def event(date: str, giver: str = "city", matter: str = "甲") -> dict[str, Any]:
    return {
        "date": date,
        "giver": giver,
        "matter": matter,
        "hours": "1",
        "held": True,
        "reported": date,
    }


def slot_of(name: str) -> int:
    slots = program_of(RULES[0]).slots
    return next(n for n, each in enumerate(slots) if (each.kind, each.name) == ("reduction", name))


def of_events(name: str, *everyone: list[dict[str, Any]] | None) -> list[int]:
    facts = [{"honours": each} for each in everyone]
    found = reduced(RULES[0], slot_of(name), lists_of(RULES[0], facts), facts)
    return [int(each) for each in found]


def test_organisation_without_events_differs_from_one_whose_events_are_missing() -> None:
    assert of_events("months", [], None, [event("2026-05-01")]) == [12, 0, 11]
    assert of_events("gap", [], None) == [365, 0]


def test_nobody_has_an_event() -> None:
    assert [of_events(name, [], []) for name in ("all", "once", "added", "best", "lenient")] == [
        *[[0, 0]] * 4,
        [12, 12],
    ]
    assert of_events("x.8", [], []) == [0, 0]


def test_no_organisation_at_all() -> None:
    assert [of_events(name) for name in MEASURES if name not in ("mean", "trimmed", "topless")] == [
        *[[]] * 16
    ]
    assert_agreement(RULES[0], [])


def test_more_events_than_allowed_are_refused_and_come_out_blank() -> None:
    assert of_events("all", [event("2026-05-01")] * 12, [event("2026-05-01")] * 13) == [12, 0]


def test_equal_neighbours_of_two_organisations_are_two_matters() -> None:
    same = [event("2026-05-01")]
    assert of_events("once", same, same, [], same * 2) == [1, 1, 0, 1]


def test_part_of_longer_lists_is_taken_by_its_offsets() -> None:
    fact = RULES[0].facts["honours"]
    whole = event_list(fact, [[event("2026-01-01")] * count for count in (3, 1, 2, 4)])
    part = EventList(whole.offsets[1:4], whole.day, whole.columns)
    _, reduce = reducer_of(program_of(RULES[0]).slots[slot_of("added")], RULES[0])
    assert reduce(part, np.zeros(2, np.int32), None).tolist() == [100, 200]


@pytest.mark.parametrize(
    ("number", "refused"), [(1, True), (4, False), (1000, False), (1001, True)]
)
def test_number_of_ratings_has_both_ends(number: int, refused: bool) -> None:
    marks = {"marks": ["1"] * number}
    assert (explained(RULES[0], marks) is None) == refused
    assert_agreement(RULES[0], [marks, {}])
