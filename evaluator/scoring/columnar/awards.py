"""Quotas over all parts of a round: who keeps a level, and who moves where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.census import Census, joined
from evaluator.scoring.columnar.columns import Columns
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.moves import Moves, QuotaSteps
from evaluator.scoring.columnar.outcome import Decided, Outcome
from evaluator.scoring.columnar.quotas import Quotas
from evaluator.scoring.columnar.standings import standings_of_census, standings_of_decided
from evaluator.scoring.columnar.threads import numbers_of
from evaluator.scoring.quotas import QuotaReport


@dataclass(frozen=True)
class Award:
    """What the states of a part come to, number by number.

    Each of `quota_steps` holds the numbers of the steps in words by which one quota moved the
    organisations of a state, 0 for none.
    """

    final: Array
    quota_steps: Sequence[Array]

    def outcome(self, decided: Decided, state: Array) -> Outcome:
        """Return what the organisations of the part come to, each of which is in a state."""
        moved = [(numbers_of((steps != 0)[state]), steps) for steps in self.quota_steps]
        steps = [(who, steps[state[who]]) for who, steps in moved]
        return Outcome(decided, self.final[state], steps)


def score(engine: Engine, columns: Columns) -> tuple[Outcome, list[QuotaReport]]:
    """Return what organisations that are all in memory come to, and what their quotas do."""
    tables = engine.tables(lambda work: [work(engine, columns)])
    return award(engine, engine.decide(columns, tables))


def award(engine: Engine, decided: Decided) -> tuple[Outcome, list[QuotaReport]]:
    """Return the levels of all organisations of a round after quotas."""
    rule_set = engine.category.rule_set
    standings = standings_of_decided(decided, rule_set.quotas)
    reports, moves = Quotas(rule_set, standings, engine.rooms, engine.kernel).apply()
    return Outcome(decided, standings.level, quota_steps(engine, moves)), reports


def quota_steps(engine: Engine, moves: Sequence[Moves]) -> list[QuotaSteps]:
    """Return whom each quota moved, with the number of the step in words that says so."""
    return [QuotaSteps(each, engine.decisions.moves[each.quota.id]) for each in moves]


def award_states(engine: Engine, parts: Sequence[Census]) -> tuple[list[Award], list[QuotaReport]]:
    """Return what the states of each part of a round come to, and what its quotas do."""
    rule_set = engine.category.rule_set
    census, numbers = joined(parts)
    standings = standings_of_census(census, rule_set.quotas)
    reports, moves = Quotas(rule_set, standings).apply()
    steps = [_spread(who, step, len(census.weights)) for who, step in quota_steps(engine, moves)]
    return [
        Award(standings.level[mine], [each[mine] for each in steps]) for mine in numbers
    ], reports


def _spread(who: Array, values: Array, size: int) -> Array:
    found = np.zeros(size, np.int64)
    found[who] = values
    return found
