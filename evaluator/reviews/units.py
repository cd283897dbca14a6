"""What a review goes through one by one: the indicators of a rule set with the facts they read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evaluator.applications.parts import Part, Place
from evaluator.applications.ready import Ready
from evaluator.web.wording import gettext
from rules.syntax import Fact, Indicator, RuleSet, Words

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
    """The indicators of a dimension or of a block, or the conditions."""

    id: str
    title: Words
    units: tuple[Unit, ...]


def groups_of(ready: Ready) -> tuple[Group, ...]:
    """Return what is to be reviewed by a rule set, in its order."""
    return tuple(_group(part, ready.rule_set) for part in ready.parts)


def _group(part: Part, rule_set: RuleSet) -> Group:
    units = [_unit(place, rule_set) for place in part.places]
    if part.facts:
        units.append(Unit(CONDITIONS, None, _in_order(rule_set, part.facts)))
    return Group(part.id, part.title, tuple(units))


def _unit(place: Place, rule_set: RuleSet) -> Unit:
    facts = _in_order(rule_set, (*place.here, *place.elsewhere))
    return Unit(place.indicator.id, place.indicator, facts)


def _in_order(rule_set: RuleSet, names: Iterable[str]) -> dict[str, Fact]:
    wanted = frozenset(names)
    return {name: fact for name, fact in rule_set.facts.items() if name in wanted}


def is_reviewable(fact: Fact, answered: bool) -> bool:
    """Return whether a committee may change a fact: stated by the branch, recorded, or its own."""
    return fact.type != "ratings" and (answered or fact.source.kind in REVIEWABLE)
