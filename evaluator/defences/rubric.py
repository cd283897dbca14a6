"""What panellists rate: the facts that a rule set takes from a panel, each with its anchors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from evaluator.scoring.reading import reader_of
from rules.lowering.values import bounds_of, places_of, scale_of
from rules.numbers import half_up, number_text
from rules.syntax import Anchor, Fact, MeanOf, RuleSet

KINDS = ("ratings", "decimal", "integer")


@dataclass(frozen=True)
class Criterion:
    """One fact of a score sheet: everybody gives it a number within its bounds."""

    name: str
    fact: Fact
    means: tuple[MeanOf, ...] = ()
    """What the rule set measures by its ratings."""

    @property
    def mean(self) -> MeanOf:
        """Return how the ratings of a case become one: as the rule set says, else plainly."""
        return self.means[0] if self.means else MeanOf(ratings=self.name)

    @property
    def fewest(self) -> int:
        """Return below how many ratings a case could not be scored."""
        return max((each.at_least for each in self.means), default=1)

    @property
    def panel(self) -> str:
        """Return which kind of panel gives it, as the rule set names it."""
        return self.fact.source.detail

    @property
    def low(self) -> str:
        """Return the lowest number."""
        return self.text(bounds_of(self.fact)[0])

    @property
    def high(self) -> str:
        """Return the highest number."""
        return self.text(bounds_of(self.fact)[1])

    @property
    def places(self) -> int:
        """Return how many decimal places a number may have."""
        return 0 if self.fact.type == "integer" else places_of(self.fact)

    @property
    def scale(self) -> int:
        """Return by what a number is multiplied to be whole."""
        return scale_of(self.fact)

    @cached_property
    def anchors(self) -> Sequence[Anchor]:
        """Return the described steps, the highest first."""
        read = reader_of(self.fact)
        return sorted(self.fact.anchors, key=lambda each: -read(each.at_least))

    def read(self, text: str) -> int:
        """Return a number as typed, times its scale; raises Unreadable."""
        return reader_of(self.fact)(text)

    def text(self, value: int) -> str:
        """Return a scaled number as it is written."""
        return number_text(Fraction(value, self.scale), percent=False)

    def together(self, values: Sequence[int], reason: str) -> object:
        """Return what scoring takes of the numbers of all panellists.

        Ratings are taken as they are, their mean is a matter of the rule set. A fact that holds a
        single number gets the exact mean, rounded half up to the places of the fact.
        """
        if self.fact.type == "ratings":
            return [self.text(each) for each in values]
        mean = self.text(half_up(sum(values), len(values)))
        return {"value": mean, "reason": reason} if self.fact.reason == "required" else mean


def rubric_of(rule_set: RuleSet) -> list[Criterion]:
    """Return the criteria of a rule set, in its order."""
    means = [each.mean for each in rule_set.measures.values() if each.mean]
    return [
        Criterion(name, fact, tuple(each for each in means if each.ratings == name))
        for name, fact in rule_set.facts.items()
        if fact.source.kind == "panel" and fact.type in KINDS
    ]
