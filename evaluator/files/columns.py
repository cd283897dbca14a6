"""The columns of a table of organisations: who it is, its attributes, then its facts by source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rules.syntax import Fact, RuleSet, Words

Role = Literal["identity", "attribute", "fact", "reason"]

CATEGORY = "category"
IDENTITY: Mapping[str, Words] = {
    "id": Words("编号", "Number"),
    "name": Words("党组织名称", "Organisation"),
    "committee": Words("直属党（工）委", "Committee"),
    "previous_level": Words("上一轮星级", "Level so far"),
    "years_at_level": Words("已保持年数", "Years at this level"),
    "applied": Words("是否申报", "Has applied"),
}
REQUIRED = ("id", "name", "committee")
GROUPS: Mapping[str, Words] = {
    "identity": Words("基本信息", "Who"),
    "organisation": Words("组织属性", "Attributes"),
    "asked": Words("申报填写", "Asked"),
    "record": Words("台账记录", "Records"),
    "appraisal": Words("民主测评", "Appraisal"),
    "review": Words("审核打分", "Review"),
    "office": Words("部门提供", "Offices"),
    "panel": Words("评审组评分", "Panel"),
    "mutual": Words("互评", "Mutual rating"),
    "sample": Words("抽查", "Drawn sample"),
    "imported": Words("外部导入", "Imported"),
}
"""Sources in the order of their columns."""


@dataclass(frozen=True)
class Column:
    """One column: its key in the file, its words, what it fills, and the fact that types it."""

    key: str
    label: Words
    role: Role
    group: str
    name: str = ""
    fact: Fact | None = None

    @property
    def is_events(self) -> bool:
        """Return whether the column holds a list of events, which a workbook keeps apart."""
        return self.fact is not None and self.fact.type == "events"


def columns_of(rule_set: RuleSet) -> list[Column]:
    """Return every column that the organisations of a rule set can have, in order."""
    columns = [Column(key, label, "identity", "identity", key) for key, label in IDENTITY.items()]
    columns += _attributes(rule_set)
    for group in list(GROUPS)[2:]:
        for name, fact in rule_set.facts.items():
            if fact.source.kind == group:
                columns += _fact_columns(name, fact)
    return columns


def _attributes(rule_set: RuleSet) -> list[Column]:
    """Return a column for each attribute that a fact reads and that is not known anyway."""
    wanted: dict[str, Fact] = {}
    for fact in rule_set.facts.values():
        if fact.source.kind == "organisation":
            wanted.setdefault(fact.source.detail, fact)
    return [
        Column(name, fact.label, "attribute", "organisation", name, fact)
        for name, fact in wanted.items()
        if name not in IDENTITY and name != CATEGORY
    ]


def _fact_columns(name: str, fact: Fact) -> list[Column]:
    columns = [Column(name, fact.label, "fact", fact.source.kind, name, fact)]
    if fact.reason == "required":
        label = Words(f"{fact.label.zh}：理由", f"{fact.label.say('en')}: reason")
        columns.append(Column(f"{name}.reason", label, "reason", fact.source.kind, name, fact))
    return columns


def event_columns(name: str, fact: Fact) -> list[Column]:
    """Return the columns of a sheet of events: whose, when, and what the fact asks of each."""
    dated = [
        Column("id", IDENTITY["id"], "identity", "identity", "id"),
        Column(f"{name}.date", Words("日期", "Date"), "fact", fact.source.kind, "date"),
    ]
    return dated + [
        Column(f"{name}.{key}", field.label, "fact", fact.source.kind, key)
        for key, field in fact.fields.items()
    ]


def all_columns(rule_sets: Mapping[str, RuleSet]) -> list[Column]:
    """Return the columns of a table that holds several categories, each key once."""
    category = Column(CATEGORY, Words("类别", "Category"), "identity", "identity", CATEGORY)
    found = {CATEGORY: category}
    for rule_set in rule_sets.values():
        for column in columns_of(rule_set):
            found.setdefault(column.key, column)
    order = list(GROUPS)
    return sorted(found.values(), key=lambda each: order.index(each.group))
