"""Every list that a published rule set reduces comes to the same in columns."""

from __future__ import annotations

from pathlib import Path

import pytest
from factories import published
from list_columns import assert_agreement, program_of
from random_lists import random_lists
from test_columnar_lists import RULES

from rules.loader import load_rule_set
from rules.syntax import RuleSet

READING_LISTS = [
    rules
    for rules in map(load_rule_set, published())
    if any(slot.kind == "reduction" for slot in program_of(rules).slots)
]


def test_rule_sets_of_both_folders_are_compared() -> None:
    assert {Path(each.where.file).parent.name for each in READING_LISTS} == {"2026", "schemes"}


@pytest.mark.parametrize("rules", [*READING_LISTS, *RULES], ids=lambda rules: f"{rules.rule_set}")
def test_dense_lists_agree_with_the_explaining_path(rules: RuleSet) -> None:
    assert_agreement(rules, random_lists(rules, 150, seed=2026))
