"""The organisations of each category as columns, with the engine that scores them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evaluator.files import read_round
from evaluator.scoring.columnar.columns import Columns
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.tables import Tables
from evaluator.scoring.round import Category
from evaluator.what_if.gathering import IN_COLUMNS, gather
from evaluator.what_if.inputs_in_columns import columns_from_entries
from evaluator.what_if.reading import beside, load_rules
from evaluator.what_if.stages import Begin, unseen
from rules.syntax import RuleSet, Words


@dataclass(frozen=True)
class Ready:
    """One category, its organisations read and compared; `unread` are those left out.

    Facts of theirs cannot be read, so that they have no points.
    """

    engine: Engine
    columns: Columns
    tables: Tables
    unread: int = 0

    @property
    def rule_set(self) -> RuleSet:
        """Return the rules of the category."""
        return self.engine.category.rule_set

    @property
    def title(self) -> Words:
        """Return what the category is called."""
        return self.rule_set.category_title or self.rule_set.title


def read_categories(rules: Path, data: Path, begin: Begin = unseen) -> Iterator[Ready]:
    """Yield every category that has organisations; raises RuleErrors and TableErrors."""
    rule_sets = load_rules(rules)
    readable_rules = {**beside(rules), **rule_sets}
    if data.suffix.lower() in IN_COLUMNS:
        gathered = gather(data, readable_rules, list(rule_sets), begin)
        for name in list(gathered):
            yield ready(Engine(Category(rule_sets[name])), gathered.pop(name).columns)
        return
    submissions = read_round(data, readable_rules)
    for name, rule_set in rule_sets.items():
        mine = [
            (each.organisation, each.facts)
            for each in submissions
            if each.organisation.category == name
        ]
        if mine:
            category = Category(rule_set)
            yield ready(Engine(category), columns_from_entries(category, mine)[0])


def ready(engine: Engine, columns: Columns) -> Ready:
    """Return a category whose organisations are compared with one another."""
    unread = 0 if columns.refused is None else int(np.count_nonzero(columns.refused))
    tables = engine.tables(lambda work: [work(engine, columns)])
    return Ready(engine, columns, tables, unread)
