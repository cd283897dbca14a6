"""Quotas over all parts of a round: who keeps a level, and who moves where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.columns import Columns
from evaluator.scoring.columnar.decisions import Decisions
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.outcome import Decided, Outcome
from evaluator.scoring.columnar.quotas import STAYS, Moves, Quotas
from evaluator.scoring.columnar.standings import EVERYONE, Gathering
from evaluator.scoring.levels import NO_LEVEL
from evaluator.scoring.quotas import QuotaReport


@dataclass(frozen=True)
class Awarded:
    """The outcome of each part of a round, and what every quota came to in every group."""

    outcomes: list[Outcome]
    reports: list[QuotaReport]


def score(engine: Engine, columns: Columns) -> Awarded:
    """Return what organisations that are all in memory come to."""
    tables = engine.tables(lambda work: [work(columns)])
    return award(engine, [engine.decide(columns, tables)])


def award(engine: Engine, parts: Sequence[Decided]) -> Awarded:
    """Return the levels of all parts of a round after quotas."""
    rule_set = engine.category.rule_set
    gathering = Gathering(rule_set.quotas)
    for part in parts:
        gathering.add(part)
    joined = gathering.joined()
    rated = np.flatnonzero(joined.columns[0])
    ties = {each.id: len(each.tie_break) for each in rule_set.quotas}
    standings = gathering.standings(joined, rated, ties)
    words = {among: list(each.codes) for among, each in gathering.words.items()}
    populations = gathering.populations(standings)
    quotas = Quotas(rule_set, standings, populations, {EVERYONE: [EVERYONE], **words})
    reports, moves = quotas.apply()
    final = np.full(len(joined.weights), NO_LEVEL, np.int8)
    final[rated] = standings.level
    steps = [_steps(each, engine.decisions, rated, len(final)) for each in moves]
    return Awarded(_outcomes(parts, gathering, joined.of_row, final, steps), reports)


def _steps(moves: Moves, decisions: Decisions, rated: Array, size: int) -> Array:
    """Return the number of the step in words that a quota means for each state."""
    found = np.zeros(size, np.int64)
    first = decisions.moves[moves.quota.id]
    below = moves.to.astype(np.int64) - NO_LEVEL if moves.quota.kind == "at_most" else 0
    found[rated] = np.where(moves.to == STAYS, 0, first + below)
    return found


def _outcomes(
    parts: Sequence[Decided],
    gathering: Gathering,
    of_state: Array,
    final: Array,
    steps: Sequence[Array],
) -> list[Outcome]:
    outcomes, start = [], 0
    for part, states in zip(parts, gathering.parts, strict=True):
        end = start + len(states.weights)
        mine = of_state[start:end]
        outcomes.append(Outcome(part, states.of_row, final[mine], [each[mine] for each in steps]))
        start = end
    return outcomes
