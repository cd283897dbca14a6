"""Names of sheets: a category by its short title, events by the label of their fact."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rules.syntax import Fact, RuleSet

NOTES = "说明"
CHOICES = "选项"
_LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_COMMON = re.compile(r"(党组织|党支部|基层|分类|星级|评定|评价|规则|（|\().*")


@dataclass(frozen=True)
class EventSheet:
    """One sheet of events, shared by the categories that define the fact alike."""

    title: str
    name: str
    fact: Fact
    categories: tuple[str, ...]


def short_title(rule_set: RuleSet) -> str:
    """Return what a category is called on its sheet: 机关 of 机关党组织星级评定规则."""
    title = _COMMON.sub("", rule_set.title.zh)
    return _clean(title) or _clean(rule_set.category)


def sheet_titles(rule_sets: Mapping[str, RuleSet]) -> dict[str, str]:
    """Return the name of each category's sheet; the category itself where titles are alike."""
    titles = {category: short_title(rule_set) for category, rule_set in rule_sets.items()}
    found = list(titles.values())
    return {
        category: title if found.count(title) == 1 else _clean(category)
        for category, title in titles.items()
    }


def category_of_sheet(sheet: str, rule_sets: Mapping[str, RuleSet]) -> str:
    """Return the category of a sheet by its name, or nothing."""
    for category, title in sheet_titles(rule_sets).items():
        if sheet.strip() in (title, category, _clean(rule_sets[category].title.zh)):
            return category
    return ""


def event_sheets(rule_sets: Mapping[str, RuleSet]) -> list[EventSheet]:
    """Return the sheets of events; a fact has several where categories define it differently."""
    groups: list[tuple[str, Fact, list[str]]] = []
    for category, rule_set in rule_sets.items():
        for name, fact in rule_set.facts.items():
            if fact.type == "events":
                _put(name, fact, category, groups)
    taken = {NOTES, CHOICES, *sheet_titles(rule_sets).values()}
    return [
        EventSheet(_unique(fact.label.zh, taken), name, fact, tuple(categories))
        for name, fact, categories in groups
    ]


def _put(name: str, fact: Fact, category: str, groups: list[tuple[str, Fact, list[str]]]) -> None:
    for known, other, categories in groups:
        if known == name and (other.label, other.fields) == (fact.label, fact.fields):
            categories.append(category)
            return
    groups.append((name, fact, [category]))


def _clean(title: str) -> str:
    return _FORBIDDEN.sub("", title).strip()[:_LONGEST]


def _unique(title: str, taken: set[str]) -> str:
    wanted = name = _clean(title)
    number = 1
    while name in taken:
        number += 1
        name = f"{wanted[: _LONGEST - 3]} {number}"
    taken.add(name)
    return name
