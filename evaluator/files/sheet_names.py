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


@dataclass(frozen=True)
class EventSheet:
    """One sheet of events, shared by the categories that define the fact alike."""

    title: str
    name: str
    fact: Fact
    categories: tuple[str, ...]


def short_title(rule_set: RuleSet) -> str:
    """Return what a category is called on its sheet, such as 机关事业."""
    return _clean(rule_set.category_title.zh if rule_set.category_title else rule_set.category)


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
    titles = sheet_titles(rule_sets)
    taken = {NOTES, CHOICES, *titles.values()}
    return [
        EventSheet(
            _unique(fact, [titles[each] for each in categories], taken),
            name,
            fact,
            tuple(categories),
        )
        for name, fact, categories in groups
    ]


def _put(name: str, fact: Fact, category: str, groups: list[tuple[str, Fact, list[str]]]) -> None:
    for known, other, categories in groups:
        if known == name and (other.label, other.fields) == (fact.label, fact.fields):
            categories.append(category)
            return
    groups.append((name, fact, [category]))


def free_title(wanted: str, taken: set[str]) -> str:
    """Return a name that no other sheet has, and note it; capitals make no other name in Excel."""
    name = first = _clean(wanted) or "_"
    number = 1
    while name.casefold() in taken:
        number += 1
        name = f"{first[: _LONGEST - 4]} {number}"
    taken.add(name.casefold())
    return name


def _clean(title: str) -> str:
    return _FORBIDDEN.sub("", title).strip()[:_LONGEST]


def _unique(fact: Fact, categories: list[str], taken: set[str]) -> str:
    """Return a title that no other sheet has: the label, with its categories where needed."""
    name = _clean(fact.label.zh)
    if name in taken:
        name = _clean(f"{name[: _LONGEST - 12]}（{'、'.join(categories)}）")
    number = 1
    while name in taken:
        number += 1
        name = f"{name[: _LONGEST - 3]} {number}"
    taken.add(name)
    return name
