"""Formulas as a branch secretary reads them."""

from __future__ import annotations

import pytest

from rules.describe.words import Labels, say_formula, say_negated
from rules.syntax import Formula, RuleSet


@pytest.fixture(scope="module")
def labels(everything: RuleSet) -> Labels:
    return Labels(everything)


@pytest.mark.parametrize(
    ("formula", "zh", "en"),
    [
        ("elected", "“按期换届”为“是”", '"Re-elected on schedule" is yes'),
        ("not elected", "“按期换届”为“否”", '"Re-elected on schedule" is no'),
        ("elected == false", "“按期换届”为“否”", '"Re-elected on schedule" is no'),
        ("absent_people < 3", "黄牌党员少于3人", '"Members with a yellow card" below 3'),
        ("absent_people > 0", "黄牌党员不少于1人", '"Members with a yellow card" at least 1'),
        ("60 <= income", "人均收入不低于60元", '"Income a head" at least 60'),
        ("satisfaction >= 1", "群众满意度不低于100%", '"Satisfaction" at least 100%'),
        ("attendance < 90%", "出席率低于90%", '"Attendance" below 90%'),
        ("feature >= 0.5", "特色工作不低于0.5", '"Distinctive work" at least 0.5'),
        ("team >= 24", "班子建设不低于24分", '"Team" at least 24 points'),
        ('kind == "shop"', "支部类型为“车间”", '"Kind of branch" is "shop"'),
        ('word in ["good", "fair"]', "党员评议为“好”或“较好”",
         '"Appraisal of members" is "good" or "fair"'),
        ('word not in ["poor"]', "党员评议不为“差”", '"Appraisal of members" is not "poor"'),
        ("60 < income <= 80", "人均收入高于60元、不高于80元",
         '"Income a head" above 60 and at most 80'),
        ("hours_rank <= 1", "走访时长名次为第1名", '"Rank by hours" is 1'),
        ("hours_rank <= 3", "走访时长名次为前3名", '"Rank by hours" within the first 3'),
        ("1 < hours_rank <= 3", "走访时长名次为第2至3名", '"Rank by hours" from 2 to 3'),
        ("elected and fire or pledged",
         "“按期换届”为“是”且“消防台账齐全”为“是”，或“有承诺书”为“是”",
         '"Re-elected on schedule" is yes and "Fire ledger complete" is yes'
         ' or "Has pledges" is yes'),
        ("elected and (fire or pledged)",
         "“按期换届”为“是”且（“消防台账齐全”为“是”，或“有承诺书”为“是”）",
         '"Re-elected on schedule" is yes and ("Fire ledger complete" is yes'
         ' or "Has pledges" is yes)'),
        ("given(word)", "已填报“党员评议”", '"Appraisal of members" is given'),
        ("not given(word)", "未填报“党员评议”", '"Appraisal of members" is not given'),
        ("years_between(founded_on, period_end) < 1", "从成立日期到评定周期末日不满1年",
         'less than 1 year from "Founded on" to "the last day of the period"'),
        ('founded_on < date("2020-07-01")', "成立日期早于2020-07-01",
         '"Founded on" before 2020-07-01'),
        ("count_true(fire, pledged, elected) >= 2",
         "（下列情形有2项及以上：“消防台账齐全”为“是”；“有承诺书”为“是”；“按期换届”为“是”）",
         '(2 or more of: "Fire ledger complete" is yes; "Has pledges" is yes;'
         ' "Re-elected on schedule" is yes)'),
        ("(base - faults) * 70% + satisfaction * 30",
         "（基础分 − 扣分项） × 70% + 群众满意度 × 30",
         '("the base" − "Deductions") × 70% + "Satisfaction" × 30'),
        ("income - (growth - 1%)", "人均收入 − （收入增长率 − 1%）",
         '"Income a head" − ("Growth of income" − 1%)'),
        ("round(income / 3, 2)", "人均收入 ÷ 3（四舍五入保留2位小数）",
         '"Income a head" ÷ 3 (rounded half up to 2 places)'),
        ("max(0, income - 5)", "（人均收入 − 5）（不足0的按0计）",
         '("Income a head" − 5) (at least 0)'),
        ("min(income, shifts)", "人均收入与班前会次数中的较小值",
         'the lower of "Income a head" and "Shift meetings"'),
        ("ratio(attended, expected, 1)", "实到人次 ÷ 应到人次（除数为0时按100%计）",
         '"Attended" ÷ "Expected" (100% where the divisor is 0)'),
        ("5 if fire else 3", "“消防台账齐全”为“是”时取5，否则取3",
         '5 if "Fire ledger complete" is yes, else 3'),
        ("abs(income) + floor(growth) + ceil(growth)",
         "人均收入的绝对值 + 收入增长率（只取整数部分） + 收入增长率（有小数则进一）",
         'the size of "Income a head" + "Growth of income" rounded down'
         ' + "Growth of income" rounded up'),
        ("-income", "−人均收入", '−"Income a head"'),
    ],
)  # fmt: skip
def test_formula_in_words(formula: str, zh: str, en: str, labels: Labels) -> None:
    said = tuple(say_formula(Formula(formula), labels, language) for language in ("zh", "en"))
    assert said == (zh, en)


@pytest.mark.parametrize(
    ("formula", "zh"),
    [
        ("satisfaction < 60%", "群众满意度不低于60%"),
        ("not elected", "“按期换届”为“是”"),
        ("elected", "“按期换届”为“否”"),
        ("fire and absent_people >= 3", "“消防台账齐全”为“否”，或黄牌党员少于3人"),
        ('kind == "shop"', "支部类型不为“车间”"),
    ],
)
def test_negated_formula_in_words(formula: str, zh: str, labels: Labels) -> None:
    assert say_negated(Formula(formula), labels, "zh") == zh
