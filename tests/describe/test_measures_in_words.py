"""Measures in words."""

from __future__ import annotations

import pytest

from rules.describe.labels import Labels
from rules.describe.measures import measure_words, measures_behind
from rules.schema import read_node
from rules.syntax import Measure, RuleSet
from rules.yaml_reader import read_yaml


@pytest.mark.parametrize(
    ("written", "zh"),
    [
        ("count: {events: honours}", "评定周期内的“荣誉”的次数"),
        ("count: {events: honours, where: 'giver == \"city\"', once_per: matter}",
         "评定周期内的“荣誉”中授予单位为“市级”的次数（同一“事项”只计一次）"),
        ("count: {events: honours, until: any_time}",
         "评定周期内（含评定过程中发现的）的“荣誉”的次数"),
        ("sum: {events: visits, field: hours, within: 6 months}",
         "近6个月（截至评定周期末日）的“走访”的“时长”之和"),
        ("missed: {events: meetings, every: month}",
         "“支委会会议”每月至少1次，统计缺少的次数"),
        ("missed: {events: meetings, every: term, at_least: 2, tolerance: 10 days, terms: "
         "[{from: 2026-03-01, to: 2026-07-10}]}",
         "“支委会会议”每个时段（2026年3月1日至2026年7月10日）至少2次，统计缺少的次数，"
         "提前或推迟10天以内的仍算数"),
        ("longest_gap: {events: visits}",
         "评定周期内的“走访”连续空缺最长的天数（从评定周期首日算到末日）"),
        ("mean: {ratings: ratings, at_least: 3}", "“互评得分”的平均值（至少要有3个评分）"),
        ("rank: {of: income, among: category, best: lowest, ties: worst_rank}",
         "同类别组织按人均收入从低到高排列的名次，并列的取靠后名次"),
        ("highest: {of: income, among: kind}", "“支部类型”相同的组织的人均收入最高值"),
        ("lowest: {of: income, among: committee}",
         "同一直属党（工）委的组织的人均收入最低值"),
        ("group_mean: {of: income, among: category}", "同类别组织的人均收入平均值"),
    ],
)  # fmt: skip
def test_measure_in_words(written: str, zh: str, everything: RuleSet) -> None:
    measure = read_node(Measure, read_yaml(f"label: 名\n{written}"))  # type: ignore[arg-type]
    assert measure_words(measure, Labels(everything), "zh") == zh


def test_measures_behind_a_measure_follow_it(everything: RuleSet) -> None:
    measures = (everything.measures["hours_rank"],)
    assert measures_behind(measures, Labels(everything)) == ["visit_hours"]
