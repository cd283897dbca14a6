"""The columns of the register in a workbook: the same for what is written and what is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evaluator.files.columns import Column
from evaluator.files.plans import NO_LEVEL
from evaluator.organisations.catalogue import Catalogue
from evaluator.organisations.details import MOST_MEMBERS
from evaluator.organisations.words import FIELDS, KINDS, STATES
from rules.syntax import Fact, Words

NO_LEVEL_WORDS = Words("无", "none")
NEEDED = ("id", "category")
"""Without these no sheet is taken for one of the register."""
HELP: Mapping[str, Words] = {
    "id": Words("唯一编号，登记后不能更改", "Unique number; it never changes"),
    "name": Words("党组织全称", "Full name of the organisation"),
    "parent": Words(
        "上级党组织的编号；已登记的党组织空着则不变",
        "Number of the organisation above; empty leaves it as it is",
    ),
    "parent_name": Words(
        "便于阅读；没有填写上级编号时按全称查找",
        "To be read by people; looked up by its full name where no number is given",
    ),
    "sort_key": Words("空着则按名称自动生成", "Made from the name where it is empty"),
    "status": Words(
        "仅供查看；合并、拆分、撤销请在党组织页面办理",
        "To be read only; merge, split and dissolve on the page of the organisation",
    ),
    "previous_level": Words("现有星级；空着则不变", "Level held; empty leaves it as it is"),
    "level_since": Words(
        "获得现有星级的评定年度，如2025", "Year of the round that gave the level, such as 2025"
    ),
}


@dataclass(frozen=True)
class RegisterColumns:
    """All columns, and the facts that type their cells for each category."""

    columns: tuple[Column, ...]
    known: Catalogue

    def fact(self, column: Column, category: str | None) -> Fact | None:
        """Return what types a cell in the row of a category; None for text."""
        if column.key == "previous_level":
            return level_fact(self.known, category)
        if column.role == "attribute":
            return self.known.attributes_of(category).get(column.name)
        return column.fact

    def titled(self, place: str, language: str) -> str:
        """Return where a cell stands, such as `G (members)`, by what people read above it."""
        letters, _, key = place.rstrip(")").partition(" (")
        labels = [each.label.say(language) for each in self.columns if each.key == key]
        return f"{letters} · {labels[0]}" if labels else place


def register_columns(known: Catalogue, attributes: Iterable[str] = ()) -> RegisterColumns:
    """Return the columns for what rule sets ask and for attributes that the register has beside."""
    asked: dict[str, Fact | None] = {}
    for facts in known.attributes.values():
        for name, fact in facts.items():
            asked.setdefault(name, fact)
    for name in sorted(attributes):
        asked.setdefault(name, None)
    typed = _typed(known)
    own = [Column(key, FIELDS[key], "identity", "identity", key, typed.get(key)) for key in _ORDER]
    more = [
        Column(name, fact.label if fact else Words(name), "attribute", "organisation", name, fact)
        for name, fact in asked.items()
        if name not in _ORDER
    ]
    return RegisterColumns((*own, *more), known)


def level_fact(known: Catalogue, category: str | None) -> Fact:
    """Return the choice of the levels of a category, none among them."""
    options = {NO_LEVEL: NO_LEVEL_WORDS, **known.levels.get(category or "", {})}
    return Fact(label=FIELDS["previous_level"], type="choice", options=options)


_ORDER = (
    "id",
    "name",
    "parent",
    "parent_name",
    "kind",
    "category",
    "members",
    "founded",
    "secretary",
    "sort_key",
    "status",
    "previous_level",
    "level_since",
)


def _typed(known: Catalogue) -> dict[str, Fact]:
    """Return the facts by which the cells of the register's own columns are read."""
    levels: dict[str, Words] = {NO_LEVEL: NO_LEVEL_WORDS}
    for each in known.levels.values():
        levels |= each
    return {
        "kind": _choice("kind", {key.value: words for key, words in KINDS.items()}),
        "category": _choice("category", known.categories),
        "members": Fact(label=FIELDS["members"], type="integer", max=str(MOST_MEMBERS)),
        "founded": Fact(label=FIELDS["founded"], type="date"),
        "status": _choice("status", {key.value: words for key, words in STATES.items()}),
        "previous_level": _choice("previous_level", levels),
        "level_since": Fact(label=FIELDS["level_since"], type="integer", min="2000", max="2100"),
    }


def _choice(key: str, options: Mapping[str, Words]) -> Fact:
    return Fact(label=FIELDS[key], type="choice", options=dict(options))
