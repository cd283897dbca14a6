"""A small part of the sample: twelve communities below three of its committees."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from evaluator.files import Submission, read_round
from evaluator.rule_sets.reading import read_files
from evaluator.rule_sets.shipped import shipped
from rules.syntax import RuleSet

WORKBOOK = Path("examples/2026/round.xlsx")
CATEGORY = "community"
COMMITTEES = {
    "W1": "中共临江新区㛃溪街道工作委员会",
    "W2": "中共临江新区白鹭镇委员会",
    "W3": "中共临江新区望潮街道工作委员会",
}
BRANCHES_EACH = 4


@cache
def rule_sets() -> dict[str, RuleSet]:
    """Return the rule sets of the sample's year by category."""
    drafts = [draft for name, draft in shipped().items() if name.startswith("2026/")]
    read = [read_files(draft.main, draft.files) for draft in drafts]
    return {each.category: each for each in read}


@cache
def sample() -> dict[str, Submission]:
    """Return the organisations that take part by code, those of each committee together."""
    every = read_round(WORKBOOK, rule_sets())
    found = {}
    for name in COMMITTEES.values():
        own = [each for each in every if each.organisation.committee == name]
        fitting = [each for each in own if each.organisation.category == CATEGORY]
        found |= {each.organisation.id: each for each in fitting[:BRANCHES_EACH]}
    return found
