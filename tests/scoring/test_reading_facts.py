"""The facts of one organisation: missing ones, reasons, attributes, names that do not exist."""

from __future__ import annotations

from typing import Any

import pytest
from factories import assess, points, scorer, small, someone

from evaluator.scoring.inputs import FactErrors, FactProblem, Inputs
from rules.syntax import RuleSet

COUNT = small("award: [{each: visits, points: 1}]", "visits: {label: 走访, type: integer, max: 60}")
JUDGED = small(
    "judgement: taste",
    "taste: {label: 特色, type: decimal, max: 10, reason: required, source: review}",
)
KINDS = small(
    "options: {fact: word, points: {good: 10, poor: 0}}",
    """
    word: {label: 评价, type: choice, options: {good: {zh: 好, en: Good}, poor: 差}}
    spare: {label: 备用, type: choice, options: {one: 甲, two: 乙}}
    """,
)
MEMBERS = small(
    "award: [{each: members, points: 1}]",
    "members: {label: 党员, type: integer, min: 1, max: 500, source: {organisation: members}}",
)
EVENTS = small(
    "award: [{per_event: {of: honours}, points: 1}]",
    """
    honours:
      {label: 荣誉, type: events, max: 3,
       fields: {giver: {label: 授予单位, type: choice, options: {city: 市级, county: 县级}},
                year: {label: 届次, type: integer, max: 99}, name: {label: 名称, type: text}}}
    """,
)
PANEL = small(
    "formula: defence / 10",
    "marks: {label: 答辩评分, type: ratings, max: 100, source: {panel: defence}}",
    keys="floor: 0",
    more="measures: {defence: {label: 平均分, mean: {ratings: marks, drop_highest: 1, "
    "drop_lowest: 1, at_least: 3}}}\n",
)


def read(rules: RuleSet, facts: dict[str, Any], **organisation: Any) -> Inputs:
    return scorer(rules).read(someone(**organisation), facts)


def refused(rules: RuleSet, facts: dict[str, Any]) -> list[FactProblem]:
    with pytest.raises(FactErrors) as errors:
        assess(rules, facts)
    return errors.value.problems


@pytest.mark.parametrize("facts", [{}, {"visits": None}, {"visits": ""}])
def test_fact_without_value_is_missing(facts: dict[str, Any]) -> None:
    assert read(COUNT, facts).missing == {"visits"}


@pytest.mark.parametrize("facts", [{}, {"visits": None}, {"visits": ""}])
def test_missing_fact_that_counts_is_refused(facts: dict[str, Any]) -> None:
    assert refused(COUNT, facts) == [
        FactProblem("visits", "缺少数据，请补充", "is missing; give it a value")
    ]


def test_zero_is_no_missing_value() -> None:
    assert points(COUNT, {"visits": 0}) == "0"


def test_unknown_fact_is_refused_with_the_nearest_name() -> None:
    assert refused(COUNT, {"visits": 1, "visit": 2}) == [
        FactProblem(
            "visit",
            "规则集中没有“visit”这项事实，是否应为“visits”",
            'is no fact of this rule set. Did you mean "visits"? It has visits',
        )
    ]


def test_every_problem_is_reported_at_once() -> None:
    problems = refused(KINDS, {"word": "gold", "spare": "three", "thrid": 1})
    assert [each.fact for each in problems] == ["thrid", "word", "spare"]


def test_errors_name_the_organisation() -> None:
    with pytest.raises(FactErrors) as errors:
        scorer(COUNT).read(someone(name="乙支部"), {"visits": 61})
    assert str(errors.value) == '乙支部: visits: found "61"; allowed is 0 to 60'


def test_judged_value_needs_its_reason() -> None:
    wanted = [
        FactProblem(
            "taste",
            "打分须写明理由（value 与 reason 一并填写）",
            "needs a reason; write {value: …, reason: …}",
        )
    ]
    assert refused(JUDGED, {"taste": "8"}) == wanted
    assert refused(JUDGED, {"taste": {"value": "8"}}) == wanted
    assert refused(JUDGED, {"taste": {"value": "8", "reason": "  "}}) == wanted


def test_judged_value_is_kept_with_its_reason() -> None:
    inputs = read(JUDGED, {"taste": {"value": "8", "reason": "有特色"}})
    assert (inputs.reasons, inputs.value_of("taste")) == ({"taste": "有特色"}, "8")


def test_judged_value_left_open_is_missing() -> None:
    assert read(JUDGED, {"taste": {"value": None, "reason": ""}}).missing == {"taste"}


def test_choice_is_kept_as_its_word_however_it_was_given() -> None:
    given = [{"word": "good"}, {"word": "好"}, {"word": "Good"}]
    assert [read(KINDS, each).value_of("word") for each in given] == ["good"] * 3


def test_fact_that_no_rule_reads_may_be_missing() -> None:
    assert points(KINDS, {"word": "good"}) == "10"


def test_fact_that_no_rule_reads_is_still_read() -> None:
    assert [each.fact for each in refused(KINDS, {"word": "good", "spare": "three"})] == ["spare"]


def test_attribute_of_the_organisation_fills_its_fact() -> None:
    assert points(MEMBERS, {}, members="7") == "7"


def test_fact_that_was_given_goes_before_the_attribute() -> None:
    assert points(MEMBERS, {"members": 4}, members="7") == "4"


def test_attribute_out_of_range_is_refused() -> None:
    with pytest.raises(FactErrors) as errors:
        assess(MEMBERS, {}, members="0")
    assert errors.value.problems == [
        FactProblem("members", "填写的是“0”，应在1至500之间", 'found "0"; allowed is 1 to 500')
    ]


def test_attribute_that_is_absent_is_missing() -> None:
    assert read(MEMBERS, {}).missing == {"members"}


def test_reading_leaves_the_given_facts_as_they_are() -> None:
    facts = {"word": "好", "spare": None}
    read(KINDS, facts)
    assert facts == {"word": "好", "spare": None}


STARS = small(
    "award: [{each: visits, points: 1}]",
    "visits: {label: 走访, type: integer, max: 60}",
    more="""
    levels:
      measured_on: unrounded
      promotion: one_step
      from_low_to_high:
        - {id: three_star, title: 三星, at_least: 0}
        - {id: four_star, title: 四星, at_least: 5}
    """,
)


def test_level_held_so_far_that_does_not_exist_is_refused() -> None:
    with pytest.raises(FactErrors) as errors:
        read(STARS, {"visits": 1}, previous_level="fourstar")
    assert errors.value.problems == [
        FactProblem(
            "previous_level",
            "填写的是“fourstar”，只能是：three_star、four_star、none",
            'found "fourstar"; allowed are three_star, four_star, none. Did you mean "four_star"?',
        )
    ]


@pytest.mark.parametrize("previous", ["four_star", "none", None, ""])
def test_level_held_so_far_may_be_a_level_or_none(previous: str | None) -> None:
    assert read(STARS, {"visits": 1}, previous_level=previous).missing == frozenset()


@pytest.mark.parametrize(
    ("key", "raw", "zh"),
    [
        ("years_at_level", "两年", "填写的是“两年”，应填整数"),
        ("years_at_level", "-1", "填写的是“-1”，应在0至99之间"),
        ("applied", "也许", "填写的是“也许”，应填“是”或“否”"),
    ],
)
def test_standing_that_cannot_be_read_is_refused(key: str, raw: str, zh: str) -> None:
    with pytest.raises(FactErrors) as errors:
        someone(**{key: raw})
    assert [(each.fact, each.zh) for each in errors.value.problems] == [(key, zh)]


def test_standing_not_given_is_no_level_held_and_applied() -> None:
    organisation = someone()
    assert (organisation.previous_level, organisation.years_at_level) == ("", 0)
    assert organisation.applied


def test_organisation_may_say_that_it_did_not_apply() -> None:
    assert [someone(applied=raw).applied for raw in ("否", "false", False)] == [False] * 3


HONOUR = {"date": "2026-05-01", "giver": "city", "year": 3, "name": "先进"}


def test_no_events_are_a_value() -> None:
    assert points(EVENTS, {"honours": []}) == "0"


def test_events_left_out_are_missing() -> None:
    assert [each.fact for each in refused(EVENTS, {})] == ["honours"]


@pytest.mark.parametrize(
    ("events", "zh", "en"),
    [
        ("三次", "应填写若干条记录", "allowed is a list of events"),
        (3, "应填写若干条记录", "allowed is a list of events"),
        ([HONOUR] * 4, "共4条，最多3条", "found 4 events; allowed are 3"),
        (
            [HONOUR, "先进"],
            "第2条：应写成带日期的一条记录",
            "event 2: allowed is a mapping with a date",
        ),
        (
            [{**HONOUR, "rank": 1}],
            "第1条：没有“rank”这一栏",
            'event 1: "rank" is no column; there are giver, year, name',
        ),
        (
            [{"giver": "city", "year": 3, "name": "先进"}],
            "第1条：缺少“日期”",
            'event 1: "date" is missing',
        ),
        (
            [{"date": "2026-05-01", "year": 3, "name": "先进"}],
            "第1条：缺少“授予单位”",
            'event 1: "giver" is missing',
        ),
        (
            [HONOUR, {**HONOUR, "date": "五一"}],
            "第2条：“日期”填写的是“五一”，日期应写成2026-01-31的样子",
            'event 2: date: found "五一"; allowed is a date such as 2026-01-31',
        ),
        (
            [{**HONOUR, "year": 100}],
            "第1条：“届次”填写的是“100”，应在0至99之间",
            'event 1: year: found "100"; allowed is 0 to 99',
        ),
        (
            [{**HONOUR, "giver": "town"}],
            "第1条：“授予单位”填写的是“town”，只能选：市级、县级",
            'event 1: giver: found "town"; allowed are city, county.',
        ),
    ],
)
def test_wrong_events_are_refused_with_their_number(events: Any, zh: str, en: str) -> None:
    assert refused(EVENTS, {"honours": events}) == [FactProblem("honours", zh, en)]


def test_ratings_are_averaged_without_their_extremes() -> None:
    # 70 and 99 are dropped; (80 + 90 + 91) / 3 / 10 = 8.7
    assert points(PANEL, {"marks": [90, "70", 91, 99, "80"]}) == "8.7"


@pytest.mark.parametrize("facts", [{}, {"marks": None}, {"marks": []}])
def test_no_ratings_are_missing(facts: dict[str, Any]) -> None:
    assert refused(PANEL, facts) == [
        FactProblem("marks", "缺少数据，请补充", "is missing; give it a value")
    ]


@pytest.mark.parametrize(
    ("marks", "zh", "en"),
    [
        ([90, 80], "只有2个评分，至少需要3个", "found 2 ratings; at least 3 are needed"),
        ("90", "应填写若干个评分", "allowed is a list of ratings"),
        ([90, 80, 101], "填写的是“101”，应在0至100之间", 'found "101"; allowed is 0 to 100'),
        ([50] * 1001, "共1001个评分，最多1000个", "found 1001 ratings; allowed are 1000"),
    ],
)
def test_wrong_ratings_are_refused_once(marks: Any, zh: str, en: str) -> None:
    assert refused(PANEL, {"marks": marks}) == [FactProblem("marks", zh, en)]


def test_empty_choice_is_grouped_with_those_that_lack_it() -> None:
    rules = small(
        "{formula: x}",
        "x: {label: 数, type: integer, max: 9}\nkind: {label: 类, type: choice, options: {a: 甲}}",
        points="9",
    )
    read = scorer(rules).read(someone(), {"x": 1, "kind": ""})
    assert (read.value_of("kind"), sorted(read.missing)) == (None, ["kind"])
