"""How many ratings the rule sets of a round ask for of each case."""

from __future__ import annotations

from collections.abc import Collection

from evaluator.rounds.models import Round
from evaluator.rule_sets.reading import rule_set_of
from rules.syntax import RuleSet


def fewest_ratings(made: Round, categories: Collection[str]) -> int:
    """Return below how many ratings a case of some categories could not be scored.

    Without any category it is about all of the round, as for a panel that hears all.
    """
    asked = (
        _asked_by(rule_set_of(each.stored))
        for each in made.rule_sets
        if not categories or each.category in categories
    )
    return max(asked, default=1)


def _asked_by(rule_set: RuleSet) -> int:
    means = (each.mean for each in rule_set.measures.values() if each.mean)
    asked = (each.at_least for each in means if rule_set.facts[each.ratings].source.kind == "panel")
    return max(asked, default=1)
