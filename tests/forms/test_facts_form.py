"""The form of asked facts, made from a rule set."""

import pytest
from werkzeug.datastructures import MultiDict

from forms import facts_form
from rules.loader import load_text
from rules.syntax import RuleSet

TEXT = """
rule_set: form
category: form
version: "1"
title: 表单
period: {from: 2026-01-01, to: 2026-12-31}
organisations: {part_year: in_full, merged: mean}
scale: {total: 10}
facts:
  held: {label: {zh: 已召开, en: Held}, type: boolean}
  visits: {label: {zh: 走访, en: Visits}, type: integer, max: 99, unit: 次}
  cover: {label: 覆盖率, type: ratio}
  word: {label: {zh: 评价, en: Word}, type: choice, options: {good: {zh: 好, en: Good}, poor: 差}}
  day: {label: 日期, type: date}
  taste: {label: 特色, type: decimal, max: 5, reason: required, source: review}
  minutes: {label: 记录, type: integer, max: 12, source: {record: minutes}}
  news: {label: 报道, type: events, max: 9, fields: {name: {label: 名称, type: text}}}
dimensions: []
levels: {measured_on: unrounded, promotion: any, from_low_to_high: []}
"""


@pytest.fixture
def rule_set() -> RuleSet:
    return load_text(TEXT)


def test_form_asks_nothing_that_a_record_knows(rule_set: RuleSet) -> None:
    form = facts_form(rule_set)()
    assert [field.name for field in form] == ["held", "visits", "cover", "word", "day"]


def test_form_labels_in_both_languages(rule_set: RuleSet) -> None:
    assert facts_form(rule_set)()["visits"].label.text == "走访（次）"
    assert facts_form(rule_set, language="en")()["visits"].label.text == "Visits"
    word = facts_form(rule_set, language="en")()["word"]
    assert [(each.value, each.label) for each in word.choices] == [("good", "Good"), ("poor", "差")]


def test_form_of_reviewers_asks_for_the_reason(rule_set: RuleSet) -> None:
    form = facts_form(rule_set, source="review")(MultiDict({"taste": "3"}))
    assert not form.validate()
    assert list(form.errors) == ["taste_reason"]


@pytest.mark.parametrize(
    ("name", "wrong", "message"),
    [("visits", "1.5", "请填写整数，如12"), ("cover", "95", "请填写百分比，如95.5%")],
)
def test_form_says_what_is_allowed(rule_set: RuleSet, name: str, wrong: str, message: str) -> None:
    form = facts_form(rule_set)(
        MultiDict({"held": "true", "word": "good", "day": "2026-01-01", name: wrong})
    )
    assert not form.validate()
    assert form.errors == {name: [message]}


def test_form_keeps_numbers_as_text(rule_set: RuleSet) -> None:
    form = facts_form(rule_set)(
        MultiDict(
            {"held": "false", "visits": "12", "cover": "95.5%", "word": "poor", "day": "2026-01-01"}
        )
    )
    assert form.validate()
    assert (form["visits"].data, form["cover"].data) == ("12", "95.5%")
