"""How the rows of one category are read: which column fills what, and what is misplaced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from evaluator.files.columns import CATEGORY, IDENTITY, REQUIRED, all_columns, columns_of
from evaluator.files.tables import Table
from evaluator.files.values import Read, value_reader
from rules.problems import nearest
from rules.syntax import Fact, RuleSet, Words

NO_LEVEL = "none"


@dataclass
class Plan:
    """The columns of a table as one category reads them, each with its index."""

    identity: dict[str, int] = field(default_factory=dict)
    standing: dict[str, Read] = field(default_factory=dict)
    values: list[tuple[int, str, Read]] = field(default_factory=list)
    attributes: list[tuple[int, str, Read]] = field(default_factory=list)
    reasons: dict[str, int] = field(default_factory=dict)
    foreign: list[int] = field(default_factory=list)
    known: dict[str, Fact] = field(default_factory=dict)
    """Facts that repeat what the organisation itself says, such as its level so far."""


def plan_of(keys: Sequence[str], rule_set: RuleSet) -> Plan:
    """Return how the rows of a category are read."""
    plan = Plan(standing=standing_readers(rule_set))
    plan.known = {
        fact.source.detail: fact
        for fact in rule_set.facts.values()
        if fact.source.kind == "organisation" and fact.source.detail in (*IDENTITY, CATEGORY)
    }
    columns = {column.key: column for column in columns_of(rule_set)}
    for index, key in enumerate(keys):
        column = columns.get(key)
        if key in IDENTITY or key == CATEGORY:
            plan.identity[key] = index
        elif column is None:
            plan.foreign.append(index)
        elif column.role == "reason":
            plan.reasons[column.name] = index
        elif column.fact is not None:
            target = plan.values if column.role == "fact" else plan.attributes
            target.append((index, column.name, value_reader(column.fact)))
    return plan


def level_words(rule_set: RuleSet) -> dict[str, Words]:
    """Return the levels that an organisation can hold so far, none first."""
    return {NO_LEVEL: Words("无", "none")} | {
        level.id: level.title for level in rule_set.levels.from_low_to_high
    }


def standing_readers(rule_set: RuleSet) -> dict[str, Read]:
    """Return what reads the standing of an organisation, which is typed as facts are."""
    label = Words("")
    return {
        "previous_level": value_reader(
            Fact(label=label, type="choice", options=level_words(rule_set))
        ),
        "years_at_level": value_reader(Fact(label=label, type="integer", max="99")),
        "applied": value_reader(Fact(label=label, type="boolean")),
    }


def check_keys(table: Table, rule_sets: Mapping[str, RuleSet]) -> bool:
    """Note unknown, doubled and lacking keys; return whether rows can be read at all."""
    columns = all_columns(rule_sets)
    seen = check_known(table, [column.key for column in columns])
    for column in columns:
        if column.role == "reason" and column.name in seen and column.key not in seen:
            table.problem(
                table.key_row,
                None,
                f"缺少“{column.key}”列；打分须写明理由，请补上",
                f'the column "{column.key}" is missing; a judged value needs a reason: add it',
            )
    return check_needed(table, seen, REQUIRED if table.category else (CATEGORY, *REQUIRED))


def check_known(table: Table, known: Sequence[str]) -> dict[str, int]:
    """Note unknown and doubled keys; return the index of each."""
    seen: dict[str, int] = {}
    for index, key in enumerate(table.keys):
        if key and key in seen:
            table.problem(
                table.key_row,
                index,
                f"与{table.column(seen[key])}列重复；请删去其一",
                f"is there twice, first as {table.column(seen[key])}; remove one",
            )
        elif key and key not in known:
            table.problem(
                table.key_row,
                index,
                f"没有名为“{key}”的列；请照模板改正或删除此列",
                f'"{key}" is no column.{nearest(key, known)} Name it as in the '
                "template, or remove it",
            )
        seen.setdefault(key, index)
    return seen


def check_needed(table: Table, seen: Mapping[str, int], needed: Sequence[str]) -> bool:
    """Note columns without which no row can be read; return whether all are there."""
    lacking = [key for key in needed if key not in seen]
    for key in lacking:
        table.problem(
            table.key_row, None, f"缺少“{key}”列；请补上", f'the column "{key}" is missing; add it'
        )
    return not lacking


def chosen_words(rule_sets: Mapping[str, RuleSet]) -> str:
    """Return the categories as they stand in a Chinese sentence."""
    return "、".join(chain(rule_sets))
