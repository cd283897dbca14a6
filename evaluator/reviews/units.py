"""What a review goes through one by one: the indicators of a rule set with the facts they read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evaluator.reviews.wording import gettext
from evaluator.rule_sets.reading import Scoring
from rules.syntax import Block, Dimension, Fact, Indicator

CONDITIONS = "_conditions"
"""The unit of the facts that no indicator reads; no name of a rule set begins like it."""
REVIEWABLE = frozenset({"asked", "record", "review"})
"""Sources whose values a committee may change; what others judge or give is theirs."""


@dataclass(frozen=True)
class Unit:
    """An indicator, or the conditions of levels and vetoes, with the facts that it reads."""

    id: str
    indicator: Indicator | None
    facts: Mapping[str, Fact]

    def title(self, language: str) -> str:
        """Return the title of the indicator."""
        if self.indicator is None:
            return gettext("Facts that levels and vetoes ask for")
        return self.indicator.title.say(language)


@dataclass(frozen=True)
class Group:
    """The indicators of a dimension or of a block."""

    id: str
    part: Dimension | Block | None
    units: tuple[Unit, ...]

    def title(self, language: str) -> str:
        """Return the title of the dimension or block."""
        return self.part.title.say(language) if self.part else gettext("Conditions")


def groups_of(scoring: Scoring) -> tuple[Group, ...]:
    """Return what is to be reviewed by a rule set, in its order."""
    return tuple(_groups(scoring))


def _groups(scoring: Scoring) -> Iterator[Group]:
    rule_set, read = scoring.rule_set, scoring.scorer.program.facts_of
    parts: tuple[Dimension | Block, ...] = (*rule_set.dimensions, *rule_set.blocks)
    for part in parts:
        units = tuple(
            Unit(each.id, each, _in_order(rule_set.facts, read[each.id]))
            for each in part.indicators
        )
        yield Group(part.id, part, units)
    used = frozenset[str]().union(*read.values())
    rest = {
        name: fact
        for name, fact in rule_set.facts.items()
        if name not in used and fact.source.kind != "organisation"
    }
    if rest:
        yield Group(CONDITIONS, None, (Unit(CONDITIONS, None, rest),))


def _in_order(facts: Mapping[str, Fact], names: frozenset[str]) -> dict[str, Fact]:
    return {name: fact for name, fact in facts.items() if name in names}


def is_reviewable(fact: Fact, answered: bool) -> bool:
    """Return whether a committee may change a fact: stated by the branch, recorded, or its own."""
    return fact.type != "ratings" and (answered or fact.source.kind in REVIEWABLE)
