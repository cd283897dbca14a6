"""Quotas over all parts of a round: who keeps a level, and who moves where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.census import Census, count, joined
from evaluator.scoring.columnar.columns import Columns
from evaluator.scoring.columnar.decisions import Decisions
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.outcome import Outcome
from evaluator.scoring.columnar.quotas import STAYS, Moves, Quotas
from evaluator.scoring.columnar.standings import populations_of, standings_of
from evaluator.scoring.levels import NO_LEVEL
from evaluator.scoring.quotas import QuotaReport


@dataclass(frozen=True)
class Award:
    """What the states of a part come to, number by number.

    `levels` are those after quotas; each of `steps` holds the numbers of the steps in words by
    which one quota moved them, 0 for none.
    """

    levels: Array
    steps: Sequence[Array]


@dataclass(frozen=True)
class Awarded:
    """The award of each part of a round, and what every quota came to in every group."""

    parts: list[Award]
    reports: list[QuotaReport]


def award(engine: Engine, parts: Sequence[Census]) -> Awarded:
    """Return what the states of all parts of a round come to by its quotas."""
    rule_set = engine.category.rule_set
    census, numbers = joined(parts)
    standings, rated = standings_of(census, rule_set.quotas)
    populations = populations_of(census, standings)
    reports, moves = Quotas(rule_set, standings, populations, census.words).apply()
    levels = np.full(len(census.weights), NO_LEVEL, np.int8)
    levels[rated] = standings.level
    steps = [_steps(each, engine.decisions, rated, len(levels)) for each in moves]
    awards = [Award(levels[mine], [each[mine] for each in steps]) for mine in numbers]
    return Awarded(awards, reports)


def _steps(moves: Moves, decisions: Decisions, rated: Array, size: int) -> Array:
    """Return the number of the step in words that a quota means for each state."""
    found = np.zeros(size, np.int64)
    first = decisions.moves[moves.quota.id]
    below = moves.to.astype(np.int64) - NO_LEVEL if moves.quota.kind == "at_most" else 0
    found[rated] = np.where(moves.to == STAYS, 0, first + below)
    return found


def score(engine: Engine, columns: Columns) -> tuple[Outcome, list[QuotaReport]]:
    """Return what organisations that are all in memory come to, and what their quotas do."""
    decided = engine.decide(columns, engine.tables(lambda work: [work(engine, columns)]))
    census, state = count(engine.category.rule_set.quotas, decided)
    awarded = award(engine, [census])
    mine = awarded.parts[0]
    return Outcome(decided, state, mine.levels, mine.steps), awarded.reports
