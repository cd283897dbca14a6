"""What is missing for the next level, and the least that wins it."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from factories import assess, level_rules, rule_set

from evaluator.scoring.next_level import Missing, next_level
from rules.numbers import points_text
from rules.syntax import RuleSet


@cache
def made(gates: str = "[]", more: str = "", keys: str = "", weight: str = "") -> RuleSet:
    return rule_set(
        f"""
        scale: {{total: 100, ceiling: 105}}
        facts:
          n: {{label: {{zh: 会议, en: Meetings}}, type: integer, max: 40,
               source: {{record: meetings}}}}
          m: {{label: 得分, type: decimal, max: 60, reason: required, source: review, places: 4}}
          bonus: {{label: 加分, type: decimal, max: 5}}
          ready: {{label: 有项目, type: boolean}}
          bad: {{label: 问题, type: boolean}}
        dimensions:
          - id: first
            title: 一
            points: 40
            {weight}
            indicators: [{{id: x, title: 一, points: 40, floor: 0, rule: {{deduct: [{{each: 40 - n,
              points: 1, because: {{zh: 缺少会议, en: missing meetings}}}}]}}}}]
          - id: second
            title: 二
            points: 60
            indicators: [{{id: y, title: {{zh: 评审, en: Review}}, points: 60,
              rule: {{judgement: m}}}}]
        blocks:
          - id: plus
            title: 加分
            kind: bonus
            cap: 5
            indicators: [{{id: z, title: 加, points: 5, rule: {{formula: bonus}}}}]
        levels:
          measured_on: unrounded
          promotion: one_step
          {keys}
          from_low_to_high:
            - {{id: three, title: 三星, at_least: 70}}
            - {{id: four, title: 四星, at_least: 80}}
            - {{id: five, title: 五星, at_least: 90, gates: {gates}}}
        {more}
        """
    )


def facts(n: int, m: str, **given: Any) -> dict[str, Any]:
    judged = {"value": m, "reason": "依据"}
    return {"n": n, "m": judged, "bonus": "0", "ready": False, "bad": False, **given}


def missing(
    rules: RuleSet, given: dict[str, Any], previous: str = "four"
) -> tuple[str, list[Missing]] | None:
    levels = level_rules(rules)
    assessment = assess(rules, given, previous_level=previous)
    above = next_level(assessment, levels.decide(assessment), levels)
    return None if above is None else (above.level.id, list(above.missing))


def closing(found: tuple[str, list[Missing]] | None) -> list[tuple[str, str, str]]:
    assert found is not None
    return [
        (each.indicator.id, points_text(each.gain), each.how.zh) for each in found[1][0].chances
    ]


def test_nothing_is_missing_at_the_top() -> None:
    assert missing(made(), facts(40, "55")) is None


def test_points_that_are_missing_are_named() -> None:
    found = missing(made(), facts(40, "44.5"))
    assert found is not None
    assert found[0] == "five"
    assert [(each.kind, each.words.zh, each.words.en, each.gap) for each in found[1]] == [
        ("points", "总分还差5.50分（需90.00分）", "5.50 more points (needs 90.00)", 55_000)
    ]


def test_gap_smaller_than_is_shown_is_given_exactly() -> None:
    rules = rule_set(
        """
        scale: {total: 100, places: 4}
        facts: {p: {label: 分, type: decimal, max: 100, places: 4}}
        dimensions: [{id: d, title: 维, points: 100,
          indicators: [{id: x, title: 一, points: 100, rule: {formula: p}}]}]
        levels:
          measured_on: unrounded
          promotion: any
          from_low_to_high: [{id: five, title: 五星, at_least: 90}]
        """
    )
    found = missing(rules, {"p": "89.9999"}, previous="none")
    assert found is not None
    assert found[1][0].words.zh == "总分还差0.0001分（需90.00分）"


def test_what_lies_in_the_branch_s_own_hands_is_advised_first() -> None:
    assert closing(missing(made(), facts(35, "50"))) == [("x", "5", "消除：缺少会议")]


def test_more_is_advised_where_the_cheapest_does_not_suffice() -> None:
    found = closing(missing(made(), facts(38, "45")))
    assert found == [("x", "2", "消除：缺少会议"), ("y", "15", "提高：评审")]


def test_bonus_is_advised_last() -> None:
    found = closing(missing(made(), facts(20, "30"), previous="none"))
    assert [each[0] for each in found] == ["x"]
    assert [each[0] for each in closing(missing(made(), facts(0, "0"), previous="none"))] == [
        "x",
        "y",
    ]


def test_weight_of_a_dimension_says_what_a_gain_is_worth() -> None:
    # 20 points of x are worth 10 in the total: too few for a gap of 12 without y
    rules = made(weight="weight: 50%")
    found = closing(missing(rules, facts(20, "58"), previous="none"))
    assert [each[:2] for each in found] == [("x", "20")]  # 10 + 58 = 68, to 70
    found = closing(missing(rules, facts(20, "48"), previous="none"))
    assert [each[:2] for each in found] == [("x", "20"), ("y", "12")]  # 58, to 70


def test_gate_that_is_closed_is_named() -> None:
    rules = made("[{require: ready, because: {zh: 须有项目, en: needs a project}}]")
    found = missing(rules, facts(40, "55"))
    assert found is not None
    assert [(each.kind, each.words.zh, each.words.en) for each in found[1]] == [
        ("gate", "须有项目", "needs a project")
    ]


def test_dimension_that_keeps_a_gate_closed_is_named() -> None:
    rules = made("[{every_dimension: 90%}]")
    found = missing(rules, facts(35, "59"))
    assert found is not None
    assert [each.kind for each in found[1]] == ["gate"]
    assert found[1][0].words.zh == "每个维度得分率不低于90%（一：35.00）"


def test_step_that_is_barred_is_named() -> None:
    found = missing(made(), facts(40, "55"), previous="three")
    assert found is not None
    assert [(each.kind, each.words.zh) for each in found[1]] == [
        ("rule", "逐级晋升：原为三星，本次最高评定为四星")
    ]


@pytest.mark.parametrize("effect", ["no_level", "{at_most: three}", "{down: 1}"])
def test_veto_is_named(effect: str) -> None:
    rules = made(more=f"vetoes: [{{id: v, title: 违纪, when: bad, effect: {effect}}}]")
    found = missing(rules, facts(40, "55", bad=True))
    assert found is not None
    assert [(each.kind, each.words.zh) for each in found[1]] == [("veto", "一票否决：违纪")]


def test_cap_is_named() -> None:
    rules = made(keys="caps: [{when: bad, at_most: four, because: 满意度低}]")
    found = missing(rules, facts(40, "55", bad=True))
    assert found is not None
    assert [(each.kind, each.words.zh) for each in found[1]] == [
        ("rule", "满意度低，最高评定为四星")
    ]


ADJUSTED = """
    scale: {total: 100}
    facts:
      share: {label: {zh: 报到率, en: Reported}, type: ratio}
      faults: {label: {zh: 差错, en: Faults}, type: integer, max: 9}
    dimensions:
      - id: d
        title: 维
        points: 100
        indicators:
          - id: x
            title: {zh: 双报到, en: Reporting}
            points: 100
            floor: -20
            rule:
              adjust:
                - {when: share >= 90%, points: 60, because: {zh: 报到率高, en: many reported}}
                - {when: share < 60%, points: -10, because: {zh: 报到率低, en: few reported}}
                - {each: faults, points: -5, because: {zh: 差错, en: faults}}
                - {when: share >= 10%, points: 40, because: {zh: 已开展, en: begun}}
    levels:
      measured_on: unrounded
      promotion: any
      from_low_to_high: [{id: five, title: 五星, at_least: 90}]
"""


@pytest.mark.parametrize(
    ("share", "faults", "zh", "en"),
    [
        ("70%", 0, "争取：报到率高", "win: many reported"),
        ("50%", 0, "消除：报到率低；争取：报到率高", "mend: few reported; win: many reported"),
        ("95%", 3, "消除：差错", "mend: faults"),
        (
            "50%", 3,
            "消除：报到率低；差错；争取：报到率高",
            "mend: few reported; faults; win: many reported",
        ),
    ],
)  # fmt: skip
def test_what_takes_points_off_is_mended_and_never_won(
    share: str, faults: int, zh: str, en: str
) -> None:
    found = missing(rule_set(ADJUSTED), {"share": share, "faults": faults}, previous="none")
    assert found is not None
    (chance,) = found[1][0].chances
    assert (chance.how.zh, chance.how.en) == (zh, en)
