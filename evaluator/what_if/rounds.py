"""A round under one set of rules, as whatever compares it needs to see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from evaluator.files import Submission
from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.columns import Group
from evaluator.scoring.quotas import QuotaReport
from evaluator.scoring.round import Category, Result, score_round
from evaluator.what_if.standings import Standings
from rules.syntax import RuleSet

Texts = Callable[[Array], Sequence[str]]
"""Gives a text for each of some rows."""


@dataclass(frozen=True)
class Roster:
    """Who the organisations of a category are, one element each, in the order of the rows."""

    id: pa.Array
    name: pa.Array
    committees: Group


@dataclass(frozen=True)
class CategoryRound:
    """What one category came to under one rule set; `steps` says what moved some rows' levels.

    `absent` are facts of the rule set that nobody who applied has, by their names.
    """

    rule_set: RuleSet
    standings: Standings
    quotas: Sequence[QuotaReport]
    steps: Texts
    absent: tuple[str, ...] = ()

    @property
    def refused(self) -> int:
        """Return how many have facts that cannot be used."""
        return int(np.count_nonzero(self.standings.refused))


def rosters_of(submissions: Sequence[Submission]) -> dict[str, Roster]:
    """Return who the organisations of each category are."""
    return {
        category: Roster(
            pa.array([each.organisation.id for each in members], pa.string()),
            pa.array([each.organisation.name for each in members], pa.string()),
            group_of([each.organisation.committee for each in members]),
        )
        for category, members in _by_category(submissions).items()
    }


def group_of(words: Sequence[str]) -> Group:
    """Return the group of words, one for each organisation."""
    found = {word: number for number, word in enumerate(dict.fromkeys(words))}
    return Group(np.array([found[word] for word in words], np.int32), list(found))


def explained(
    rule_sets: Mapping[str, RuleSet], submissions: Sequence[Submission]
) -> dict[str, CategoryRound]:
    """Return a round that is scored one organisation after the other."""
    categories = {name: Category(rule_set) for name, rule_set in rule_sets.items()}
    outcome = score_round(categories, [(each.organisation, each.facts) for each in submissions])
    given = {name: _given(mine) for name, mine in _by_category(submissions).items()}
    results: dict[str, list[Result]] = {}
    for each in outcome.results:
        results.setdefault(each.organisation.category, []).append(each)
    return {
        name: CategoryRound(
            rule_sets[name],
            Standings.of_results(mine),
            outcome.quotas.get(name, []),
            _steps(mine),
            tuple(fact for fact in rule_sets[name].facts if fact not in given[name]),
        )
        for name, mine in results.items()
    }


def _given(submissions: Sequence[Submission]) -> set[str]:
    """Return the facts that anybody who applied has."""
    return {
        name
        for each in submissions
        if each.organisation.applied
        for name, raw in each.facts.items()
        if raw is not None
    }


def _steps(results: list[Result]) -> Texts:
    def texts(rows: Array) -> list[str]:
        decisions = [results[row].decision for row in rows.tolist()]
        return ["；".join(step.zh for step in each.steps) if each else "" for each in decisions]

    return texts


def _by_category(submissions: Sequence[Submission]) -> dict[str, list[Submission]]:
    found: dict[str, list[Submission]] = {}
    for each in submissions:
        found.setdefault(each.organisation.category, []).append(each)
    return found
