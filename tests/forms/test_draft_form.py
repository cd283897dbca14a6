"""The form of a draft: every fact as text, lists as small tables, nothing refused or lost."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm

from forms.facts import draft_form
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
  visits: {label: {zh: 走访, en: Visits}, type: integer, max: 99, unit: {zh: 次, en: time}}
  word: {label: 评价, type: choice, options: {good: {zh: 好, en: Good}, poor: 差}}
  day: {label: 日期, type: date}
  news: {label: 报道, type: events, max: 9, fields: {
    name: {label: 名称, type: text}, done: {label: 完成, type: boolean}}}
dimensions: []
levels: {measured_on: unrounded, promotion: any, from_low_to_high: []}
"""
NAMES = ("held", "visits", "word", "day", "news")
Row = dict[str, str]


@pytest.fixture
def rule_set() -> RuleSet:
    return load_text(TEXT)


def shown(rule_set: RuleSet, **data: Any) -> BaseForm:
    return draft_form(rule_set, NAMES, data=data)


def posted(rule_set: RuleSet, **data: str) -> BaseForm:
    fields = {name.replace("_", "-"): value for name, value in data.items()}
    return draft_form(rule_set, NAMES, posted=MultiDict(fields))


def test_fields_are_those_named_with_their_units(rule_set: RuleSet) -> None:
    form = draft_form(rule_set, ["visits"], "en")
    assert [(each.name, each.label.text) for each in form] == [("f-visits", "Visits (time)")]
    assert shown(rule_set)["visits"].label.text == "走访（次）"


def test_whatever_is_typed_is_taken_as_it_is(rule_set: RuleSet) -> None:
    form = posted(rule_set, f_visits="七", f_word="很好", f_day="昨天", f_held="或许")
    assert form.validate()
    assert [form[name].data for name in NAMES] == ["或许", "七", "很好", "昨天", None]


def test_a_word_that_is_no_option_is_shown_as_it_was_typed(rule_set: RuleSet) -> None:
    said = str(shown(rule_set, word="很好")["word"]())
    assert '<option selected value="很好">很好</option>' in said
    assert said.count("<option") == 4
    assert str(shown(rule_set, word="good")["word"]()).count("<option") == 3


@pytest.mark.parametrize(
    ("value", "kind"), [(None, "date"), ("2026-03-01", "date"), ("三月", "text")]
)
def test_a_calendar_is_shown_for_what_it_can_read(
    rule_set: RuleSet, value: str | None, kind: str
) -> None:
    assert shown(rule_set, day=value)["day"].kind == kind


def test_rows_of_a_list_begin_with_their_date(rule_set: RuleSet) -> None:
    rows = [{"date": "2026-01-05", "name": "甲", "done": "true"}]
    field = shown(rule_set, news=rows)["news"]
    names = [[cell.name for cell in row] for _, row in field.rows()]
    assert names == [
        [f"f-news-{number}-{column}" for column in ("date", "name", "done")] for number in (0, 1)
    ]
    assert [cell.data for cell in next(row for _, row in field.rows())] == [
        "2026-01-05",
        "甲",
        "true",
    ]


def test_posted_rows_keep_their_order_and_empty_ones_go(rule_set: RuleSet) -> None:
    form = posted(
        rule_set, f_news_10_name="乙", f_news_2_name="甲", f_news_5_name=" ", f_news_x_name="丙"
    )
    assert form["news"].data == [
        {"date": "", "name": "甲", "done": ""},
        {"date": "", "name": "乙", "done": ""},
    ]


def test_no_rows_say_nothing_unless_it_is_said(rule_set: RuleSet) -> None:
    assert posted(rule_set, f_visits="1")["news"].data is None
    none = posted(rule_set, f_news_none="1")["news"]
    assert (none.data, none.says_none) == ([], True)
    assert posted(rule_set, f_news_none="1", f_news_0_name="甲")["news"].says_none is False
