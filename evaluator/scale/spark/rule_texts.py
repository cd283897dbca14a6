"""Rule sets on their way to other processes: as texts, from which each makes its own engines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.round import Category
from rules.canonical import write_yaml
from rules.loader import load_text
from rules.syntax import RuleSet


@dataclass(frozen=True)
class RuleTexts:
    """The rule sets of a round in their canonical form, in the order of the round."""

    texts: tuple[str, ...]

    @classmethod
    def of(cls, rule_sets: Mapping[str, RuleSet]) -> RuleTexts:
        """Return the texts of checked rule sets."""
        return cls(tuple(write_yaml(each) for each in rule_sets.values()))


@lru_cache(maxsize=4)
def engines_of(rules: RuleTexts) -> Mapping[str, Engine]:
    """Return the engine of each category; a process makes them once for all its tasks."""
    rule_sets = [load_text(text) for text in rules.texts]
    return {each.category: Engine(Category(each)) for each in rule_sets}
