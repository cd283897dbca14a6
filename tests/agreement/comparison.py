"""Both paths on the same organisations, and every difference between what they come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from inputs_in_columns import columns_from_inputs, parted

from evaluator.scoring.columnar.awards import award
from evaluator.scoring.columnar.census import count
from evaluator.scoring.columnar.columns import Columns
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.outcome import Outcome
from evaluator.scoring.levels import NO_LEVEL
from evaluator.scoring.quotas import QuotaReport
from evaluator.scoring.round import Category, Entry, Result, RoundResult, score_round
from rules.lowering import indicators_of
from rules.syntax import Words


@dataclass(frozen=True)
class Difference:
    """One thing that the two paths say differently, about one organisation or a whole round."""

    what: str
    who: str
    explained: object
    columnar: object


def differences(
    category: Category, entries: Sequence[Entry], edges: Sequence[int] = ()
) -> list[Difference]:
    """Return how the paths differ on organisations of a category, the round cut at `edges`.

    Facts must be readable: what is refused while reading has no columns.
    """
    name = category.rule_set.category
    explained = score_round({name: category}, entries)
    read = [category.scorer.read(*entry) for entry in entries]
    whole = columns_from_inputs(category, read)
    parts = parted(whole, edges) if edges else [whole]
    return list(_compared(category, explained, parts))


def _compared(
    category: Category, explained: RoundResult, parts: Sequence[Columns]
) -> Iterator[Difference]:
    engine = Engine(category, [each.id for each in indicators_of(category.rule_set)])
    tables = engine.tables(lambda work: [work(engine, each) for each in parts])
    decided = [engine.decide(each, tables) for each in parts]
    counted = [count(category.rule_set.quotas, each) for each in decided]
    awarded = award(engine, [census for census, _ in counted])
    begin = 0
    for part, own, (_, state), given in zip(parts, decided, counted, awarded.parts, strict=True):
        results = explained.results[begin : begin + part.size]
        outcome = Outcome(own, state, given.levels, given.steps)
        yield from _of_organisations(engine, results, outcome)
        yield from _of_groups(engine, results, engine.slots(part, tables))
        begin += part.size
    yield from _of_quotas(explained.quotas[category.rule_set.category], awarded.reports)


def _of_organisations(
    engine: Engine, results: Sequence[Result], outcome: Outcome
) -> Iterator[Difference]:
    expected = [_row(each) for each in results]
    found = _rows(engine, outcome)
    for result, row, mine in zip(results, expected, found, strict=True):
        if row != mine:
            for what in row:
                if row[what] != mine[what]:
                    yield Difference(what, result.organisation.id, row[what], mine[what])


Row = dict[str, object]


def _row(result: Result) -> Row:
    """Return what the explaining path says of one organisation."""
    assessment, decision = result.assessment, result.decision
    own = result.category.levels.decide(assessment) if assessment and decision else decision
    row: Row = {
        "refused": result.refused is not None,
        "assessed": assessment is not None,
        "decided": decision is not None,
        "rated": decision is not None and decision.rated,
        "total": assessment.total if assessment else 0,
        "level before quotas": own.index if own else NO_LEVEL,
        "level": decision.index if decision else NO_LEVEL,
        "awarded": sum(1 << each for each in own.awarded) if own else 0,
        "steps": decision.steps if decision else [],
    }
    for indicator in indicators_of(result.category.rule_set):
        points = assessment.points(indicator) if assessment else None
        row[f"points of {indicator.id}"] = points
    return row


def _rows(engine: Engine, outcome: Outcome) -> list[Row]:
    """Return what the columnar path says of every organisation."""
    own, words = outcome.decided, engine.decisions.words
    columns = {
        "refused": own.refused.tolist(),
        "assessed": own.assessed.tolist(),
        "decided": own.decided.tolist(),
        "rated": own.rated.tolist(),
        "total": own.total.tolist(),
        "level before quotas": own.level.tolist(),
        "level": outcome.final.tolist(),
        "awarded": own.awarded.tolist(),
        "steps": _steps(outcome, words),
    }
    for name, points in own.points.items():
        # Points mean something for whoever is assessed alone.
        pairs = zip(points.tolist(), columns["assessed"], strict=True)
        columns[f"points of {name}"] = [each if known else None for each, known in pairs]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _steps(outcome: Outcome, words: Sequence[Words]) -> list[list[Words]]:
    taken = [stage.tolist() for stage in outcome.stages]
    if not taken:
        return [[] for _ in range(outcome.decided.size)]
    return [[words[each] for each in row if each] for row in zip(*taken, strict=True)]


def _of_groups(
    engine: Engine, results: Sequence[Result], slots: Sequence[np.ndarray | None]
) -> Iterator[Difference]:
    """Yield ranks, bests and means that differ, of whoever was assessed."""
    for number, slot in enumerate(engine.program.slots):
        column = slots[number]
        if slot.kind != "cohort":
            continue
        assert column is not None
        for result, value in zip(results, column.tolist(), strict=True):
            assessment = result.assessment
            if assessment and assessment.inputs.slots[number] != value:
                what = f"slot {slot.name} {slot.facet}".strip()
                who = result.organisation.id
                yield Difference(what, who, assessment.inputs.slots[number], value)


def _of_quotas(
    explained: Sequence[QuotaReport], columnar: Sequence[QuotaReport]
) -> Iterator[Difference]:
    expected, found = ({_name(each): each for each in both} for both in (explained, columnar))
    for name in sorted({*expected, *found}):
        if expected.get(name) != found.get(name):
            yield Difference("quota", name, expected.get(name), found.get(name))
    if [_name(each) for each in explained].sort() != [_name(each) for each in columnar].sort():
        yield Difference("quota", "number of reports", len(explained), len(columnar))


def _name(report: QuotaReport) -> str:
    return f"{report.quota.id} in {report.group!r}"
