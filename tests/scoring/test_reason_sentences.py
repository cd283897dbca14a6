"""Why an indicator has its points: one sentence for every way, in Chinese and in English."""

from __future__ import annotations

from typing import Any

import pytest
from factories import reason, rule_set, small

FACTS = """
n: {label: {zh: 走访次数, en: Visits}, type: integer, max: 100, unit: {zh: 次, en: times}}
rate: {label: {zh: 满意度, en: Satisfaction}, type: ratio}
word:
  {label: {zh: 评价, en: Review}, type: choice,
   options: {good: {zh: 好, en: good}, poor: {zh: 差, en: poor}}}
a: {label: {zh: 按期换届, en: Re-elected on time}, type: boolean}
day: {label: {zh: 日期, en: Day}, type: date}
rest:
  label: {zh: 酌情分, en: Discretion}
  type: decimal
  max: 10
  reason: required
  anchors: [{at_least: 0, means: {zh: 一般, en: ordinary}}, {at_least: 5, means: 有特色}]
honours: {label: {zh: 荣誉, en: Honours}, type: events, max: 9}
"""
JUDGED = {"value": "6", "reason": "案例入选"}
LATE = "{when: not a, points: 3, because: {zh: 未按期换届, en: not re-elected on time}}"
FEW = "{each: 12 - n, points: 0.5, because: {zh: 走访不足, en: too few visits}}"
EVENTS = "{per_event: {of: honours}, points: 3, because: {zh: 获得荣誉, en: honoured}}"
RUNGS = "rungs: [{at_least: 95%, points: 10}, {at_least: 90%, points: 5}], otherwise: 0"
CASES = (
    "cases: {first: [{when: n > 5, points: 10, because: {zh: 走访多, en: many visits}}, "
    "{when: a, judged: rest, from: 5, to: 8, because: {zh: 有案例, en: has a case}}], otherwise: 1}"
)


@pytest.mark.parametrize(
    ("rule", "facts", "zh", "en"),
    [
        (
            f"deduct: [{LATE}, {FEW}]",
            {"a": False, "n": 10},
            "未按期换届，扣3分；走访不足（走访次数：10次），扣1分，得6分（满分10分）。",
            "not re-elected on time: −3; too few visits (Visits: 10 times): −1: 6 of 10 points.",
        ),
        (
            f"deduct: [{LATE}, {FEW}]",
            {"a": True, "n": 12},
            "没有扣分情形，得10分（满分10分）。",
            "nothing was deducted: 10 of 10 points.",
        ),
        (
            f"award: [{EVENTS}]",
            {"honours": [{"date": "2026-05-01"}]},
            "获得荣誉，加3分，得3分（满分10分）。",
            "honoured: +3: 3 of 10 points.",
        ),
        (
            "award: [{each: n, points: 2}]",
            {"n": 0},
            "没有可计分的情形（走访次数：0次），得0分（满分10分）。",
            "nothing counts here (Visits: 0 times): 0 of 10 points.",
        ),
        (
            "adjust: [{when: a, points: 5, because: {zh: 换届, en: elected}}, "
            "{each: n, points: -2, because: {zh: 超次, en: too many}}]",
            {"a": True, "n": 1},
            "换届，加5分；超次（走访次数：1次），扣2分，得3分（满分10分）。",
            "elected: +5; too many (Visits: 1 times): −2: 3 of 10 points.",
        ),
        (
            "award: [{discretion: {fact: rest, from: 0, to: 6}}]",
            {"rest": JUDGED},
            "酌情分（理由：案例入选），加6分，得6分（满分10分）。",
            "Discretion (reason: 案例入选): +6: 6 of 10 points.",
        ),
        (
            f"ladder: {{measure: rate, {RUNGS}}}",
            {"rate": "92%"},
            "满意度：92%，符合“满意度不低于90%、低于95%”，得5分（满分10分）。",
            'Satisfaction: 92%, on the step "Satisfaction" at least 90% and below 95%: '
            "5 of 10 points.",
        ),
        (
            f"ladder: {{measure: rate, {RUNGS}}}",
            {"rate": "2%"},
            "满意度：2%，未达到任何档次，得0分（满分10分）。",
            "Satisfaction: 2%, on no step: 0 of 10 points.",
        ),
        (
            "options: {fact: word, points: {good: 10, poor: 0}}",
            {"word": "差"},
            "评价为“差”，得0分（满分10分）。",
            'Review "poor": 0 of 10 points.',
        ),
        (
            "proportional: {measure: rate, full_at: 80%}",
            {"rate": "40%"},
            "满意度：40%，按比例计分，达到80%得满分，得5分（满分10分）。",
            "Satisfaction: 40%, in proportion, all points at 80%: 5 of 10 points.",
        ),
        (
            CASES,
            {"n": 6, "a": False, "rest": JUDGED},
            "走访多（走访次数：6次），得10分（满分10分）。",
            "many visits (Visits: 6 times): 10 of 10 points.",
        ),
        (
            CASES,
            {"n": 3, "a": True, "rest": JUDGED},
            "有案例（走访次数：3次）（理由：案例入选），得6分（满分10分）。",
            "has a case (Visits: 3 times) (reason: 案例入选): 6 of 10 points.",
        ),
        (
            CASES,
            {"n": 3, "a": False, "rest": JUDGED},
            "不符合任何一档（走访次数：3次），得1分（满分10分）。",
            "no case holds (Visits: 3 times): 1 of 10 points.",
        ),
        (
            "judgement: rest",
            {"rest": JUDGED},
            "酌情分评为6（有特色）（理由：案例入选），得6分（满分10分）。",
            "Discretion judged 6 (有特色) (reason: 案例入选): 6 of 10 points.",
        ),
        (
            "judgement: rest",
            {"rest": {"value": "4.99", "reason": "平常"}},
            "酌情分评为4.99（一般）（理由：平常），得4.99分（满分10分）。",
            "Discretion judged 4.99 (ordinary) (reason: 平常): 4.99 of 10 points.",
        ),
        (
            "formula: n",
            {"n": 3},
            "按“走访次数”计算（走访次数：3次），得3分（满分10分）。",
            'worked out as "Visits" (Visits: 3 times): 3 of 10 points.',
        ),
    ],
)
def test_reason_of_each_way(rule: str, facts: dict[str, Any], zh: str, en: str) -> None:
    rules = small(rule, FACTS, keys="floor: 0")
    assert (reason(rules, facts, "zh"), reason(rules, facts, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("policy", "zh", "en"),
    [
        ("zero", "，按规定不得分。", ": no points by rule."),
        ("full", "，按规定得满分6分。", ": all 6 points by rule."),
        (
            "exempt",
            "，不计入，分值按比例由其他指标分担。",
            ": left out, the other indicators carry its points.",
        ),
        (
            "{use: y}",
            "，以“另一项”的得分率代替，得3分。",
            ': the share won in "Other" stands in, 3 points.',
        ),
    ],
)
def test_reason_where_something_stands_in(policy: str, zh: str, en: str) -> None:
    rules = rule_set(
        f"""
        scale: {{total: 10}}
        facts:
          n: {{label: {{zh: 次数, en: Count}}, type: integer, max: 6}}
          m: {{label: 人数, type: integer, max: 4}}
        dimensions:
          - id: d
            title: 维度
            points: 10
            indicators:
              - {{id: x, title: 一, points: 6, missing: {policy}, rule: {{formula: n}}}}
              - {{id: y, title: {{zh: 另一项, en: Other}}, points: 4, rule: {{formula: m}}}}
        """
    )
    assert reason(rules, {"m": 2}, "zh") == f"没有“次数”的数据{zh}"
    assert reason(rules, {"m": 2}, "en") == f"no data on Count{en}"


def test_reason_where_an_indicator_does_not_apply() -> None:
    rules = small("formula: n", FACTS, keys="floor: 0\napplies_when: a\notherwise: zero")
    assert reason(rules, {"a": False}, "zh") == "仅适用于“按期换届”为“是”的组织，按规定不得分。"
    assert reason(rules, {"a": False}, "en").endswith(": no points by rule.")


def test_measure_is_shown_with_its_value_and_its_unit() -> None:
    rules = small(
        "ladder: {measure: share, rungs: [{at_least: 90%, points: 10}], otherwise: 0}",
        "done: {label: 完成, type: integer, max: 9}\nplanned: {label: 计划, type: integer, max: 9}",
        more="measures: {share: {label: {zh: 完成率, en: Share done}, percent: true, "
        'formula: "ratio(done, planned, 0)"}}\n',
    )
    facts = {"done": 2, "planned": 3}
    assert reason(rules, facts, "zh") == "完成率：66.67%，未达到任何档次，得0分（满分10分）。"
    assert reason(rules, facts, "en") == "Share done: 66.67%, on no step: 0 of 10 points."
