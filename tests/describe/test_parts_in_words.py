"""Parts, rungs and cases in words, as documents and reasons say them."""

from __future__ import annotations

from typing import Any

import pytest

from rules.describe.amounts import part_sentence, way_in_deductions
from rules.describe.labels import Labels
from rules.describe.parts import case_words, part_words, rung_words
from rules.schema import read_node
from rules.syntax import Case, Ladder, Part, RuleSet
from rules.yaml_reader import read_yaml


@pytest.fixture(scope="session")
def labels(everything: RuleSet) -> Labels:
    return Labels(everything)


def read(node: Any, text: str) -> Any:
    return read_node(node, read_yaml(text))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "zh", "en"),
    [
        ("{when: not elected, points: 5}", "“按期换届”为“否”，扣5分",
         '"Re-elected on schedule" is no, −5 points'),
        ("{when: not elected, points: 5, because: {zh: 未换届, en: not elected}}", "未换届，扣5分",
         "not elected, −5 points"),
        ("{when: satisfaction < 60%, points: all, because: 满意度低}",
         "满意度低（群众满意度低于60%），本项分值全部扣除",
         '满意度低 ("Satisfaction" below 60%), all points of the item are lost'),
        ("{each: 12 - absent_people, points: 0.5}", "黄牌党员少于12人，每少1人扣0.5分",
         '"Members with a yellow card" below 12, for each one short, −0.5 points'),
        ("{each: absent_people - 2, points: 1}", "黄牌党员多于2人，每多1人扣1分",
         '"Members with a yellow card" above 2, for each one above, −1 point'),
        ("{each: meetings_missed, points: 0.5, at_most: 3}",
         "缺开支委会次数，每1次扣0.5分，最多扣3分",
         '"Missed committee meetings", for each one, −0.5 points, at most 3 points'),
        ("{each: meetings_missed, points: 0.5, because: 缺开会议，每缺1次}",
         "缺开会议，每缺1次扣0.5分",
         "缺开会议，每缺1次, for each one, −0.5 points"),
        ("{each: meetings_missed, when: elected, points: 1}",
         "“按期换届”为“是”时，缺开支委会次数，每1次扣1分",
         'where "Re-elected on schedule" is yes, "Missed committee meetings", '
         "for each one, −1 point"),
        ("{each: absent_people, points: [0.5, all]}",
         "黄牌党员：第1人扣0.5分、第2人本项分值全部扣除",
         '"Members with a yellow card": occurrence 1: −0.5 points, '
         "occurrence 2: all points of the item are lost"),
        ("{each: absent_people, points: [0.5, 1]}", "黄牌党员：第1人扣0.5分、第2人起每人扣1分",
         '"Members with a yellow card": occurrence 1: −0.5 points, '
         "occurrence 2 and each one after: −1 point"),
        ('{each: "count_true(fire, pledged)", points: 1}',
         "下列情形：“消防台账齐全”为“是”；“有承诺书”为“是”，每有1项扣1分",
         'of the following: "Fire ledger complete" is yes; "Has pledges" is yes, '
         "for each that holds, −1 point"),
        ("{per: {measure: attendance, below: 90%, every: 1%, steps: whole}, points: 0.1}",
         "出席率低于90%，每低1个百分点扣0.1分，不足1个百分点的部分不计",
         '"Attendance" below 90%, for each 1 percentage point below, −0.1 points, '
         "parts of 1 percentage point do not count"),
        ("{per: {measure: average_age, above: 48, every: 1, steps: started}, points: 3}",
         "平均年龄高于48岁，每高1岁扣3分，不足1岁的按1岁计",
         '"Average age" above 48, for each 1 above, −3 points, a started 1 counts as a whole one'),
        ("{per_event: {of: honours, by: giver, within: 2 years}, points: {national: 5, city: 1}}",
         "近2年（截至评定周期末日）的“荣誉”，每有1项，按授予单位计：国家级扣5分、市级扣1分",
         '"Honours" in the last 2 years of the period, for each, '
         "by Giver: national −5 points, city −1 point"),
        ("{discretion: {fact: team_points, from: 0, to: 2}}",
         "班子其他问题酌情扣分，酌情扣0至2分，须写明理由",
         "Other faults of the team, 0 to −2 points at discretion, with a reason"),
    ],
)  # fmt: skip
def test_deduction_in_words(written: str, zh: str, en: str, labels: Labels) -> None:
    part = read(Part, written)
    said = tuple(part_sentence(part, "deduct", labels, language) for language in ("zh", "en"))
    assert said == (zh, en)


@pytest.mark.parametrize(
    ("way", "points", "zh"),
    [
        ("award", 2, "加2分"),
        ("adjust", 2, "加2分"),
        ("adjust", -2, "扣2分"),
        (way_in_deductions("award"), 2, "扣2分"),
        (way_in_deductions("adjust"), -2, "少扣2分"),
        (way_in_deductions("deduct"), 2, "少扣2分"),
    ],
)
def test_points_in_words_by_where_they_stand(
    way: str, points: int, zh: str, labels: Labels
) -> None:
    part = read(Part, f"{{when: fire, points: {points}}}")
    assert part_sentence(part, way, labels, "zh") == f"“消防台账齐全”为“是”，{zh}"


@pytest.mark.parametrize(
    ("written", "zh"),
    [
        ("{each: 12 - absent_people, points: 0.5}", "黄牌党员少于12人"),
        ("{each: absent_people, points: 1, because: 有黄牌党员，每1人}", "有黄牌党员"),
        ("{each: absent_people, points: 1, because: 每有一名黄牌党员}", "每有一名黄牌党员"),
        ("{each: absent_people, points: 1, because: 有黄牌党员}", "有黄牌党员"),
    ],
)
def test_part_without_its_unit_goes_before_a_sum(written: str, zh: str, labels: Labels) -> None:
    assert part_words(read(Part, written), labels, "zh", counted=False) == zh


@pytest.mark.parametrize(
    ("rungs", "zh"),
    [
        ("[{at_least: 95%, points: 3}, {at_least: 90%, points: 2}]",
         ["群众满意度不低于95%", "群众满意度不低于90%、低于95%"]),
        ("[{above: 95%, points: 3}, {above: 90%, points: 2}]",
         ["群众满意度高于95%", "群众满意度高于90%、不高于95%"]),
        ("[{at_most: 5%, points: 3}, {below: 10%, points: 2}]",
         ["群众满意度不高于5%", "群众满意度高于5%、低于10%"]),
        ("[{at_least: 95%, points: 3}, {below: 80%, points: -1}]",
         ["群众满意度不低于95%", "群众满意度低于80%"]),
    ],
)  # fmt: skip
def test_rungs_in_words(rungs: str, zh: list[str], labels: Labels) -> None:
    ladder = read(Ladder, f"{{measure: satisfaction, rungs: {rungs}, otherwise: 0}}")
    assert [rung_words(rung, ladder, labels, "zh") for rung in ladder.rungs] == zh


def test_case_in_words(labels: Labels) -> None:
    case = read(Case, "{when: income > 5500 or growth > 17%, points: 20}")
    assert case_words(case, labels, "zh") == "人均收入高于5500元，或收入增长率高于17%"


def test_case_in_its_own_words(labels: Labels) -> None:
    case = read(Case, "{when: income > 5500, points: 20, because: {zh: 高收入, en: high}}")
    assert [case_words(case, labels, language) for language in ("zh", "en")] == ["高收入", "high"]
