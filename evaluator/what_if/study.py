"""One what-if: a round under two sets of rules, what changed in them, and who moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from evaluator.what_if.comparison import Comparison, what_if
from evaluator.what_if.ladder import ladder_of
from evaluator.what_if.rounds import CategoryRound, Roster
from rules import diff
from rules.diff import Change
from rules.syntax import Words


@dataclass(frozen=True)
class Study:
    """Both sides of a what-if, with the same categories and the same organisations.

    `only_before` and `only_after` are categories that one set of rules has and the other lacks.
    """

    before: Mapping[str, CategoryRound]
    after: Mapping[str, CategoryRound]
    rosters: Mapping[str, Roster]
    only_before: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()

    @property
    def categories(self) -> list[str]:
        """Return the categories, in the order of the round."""
        return list(self.before)

    @cached_property
    def comparison(self) -> Comparison:
        """Return who rises and falls."""
        ladders = {
            name: ladder_of(self.before[name].rule_set, self.after[name].rule_set)
            for name in self.categories
        }
        return what_if(
            {name: self.before[name].standings for name in ladders},
            {name: self.after[name].standings for name in ladders},
            ladders,
            {name: self.rosters[name].committees for name in ladders},
        )

    @cached_property
    def changes(self) -> dict[str, list[Change]]:
        """Return what changed in the rules of each category, in words."""
        sides = {
            name: (self.before[name].rule_set, self.after[name].rule_set) for name in self.before
        }
        return {
            name: diff.compare(*each) if each[0] is not each[1] else []
            for name, each in sides.items()
        }

    def title(self, category: str) -> Words:
        """Return what a category is called."""
        rule_set = self.after[category].rule_set
        return rule_set.category_title or rule_set.title
