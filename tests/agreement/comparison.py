"""Both paths on the same organisations, and every difference between what they come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from inputs_in_columns import columns_from_entries, parted, picked
from lists_compared import reductions

from evaluator.scoring.columnar.awards import award, award_states
from evaluator.scoring.columnar.census import count
from evaluator.scoring.columnar.columns import Columns
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.outcome import Decided, Outcome
from evaluator.scoring.columnar.tables import Tables
from evaluator.scoring.inputs import Inputs
from evaluator.scoring.levels import NO_LEVEL
from evaluator.scoring.quotas import QuotaReport
from evaluator.scoring.round import Category, Entry, Result, RoundResult, score_round
from rules.lowering import indicators_of
from rules.syntax import Words

MANY = 100_003
"""More organisations than a block of the kernel holds."""
_OF_EACH = ("refused", "assessed", "decided", "rated", "total", "level", "awarded")


@dataclass(frozen=True)
class Difference:
    """One thing that the two paths say differently, about one organisation or a whole round."""

    what: str
    who: str
    explained: object
    columnar: object


def differences(
    category: Category, entries: Sequence[Entry], edges: Sequence[int] = (), again: bool = False
) -> list[Difference]:
    """Return how the paths differ on organisations of a category, the round cut at `edges`.

    With `again` the organisations are repeated until they fill several blocks of the kernel.
    """
    name = category.rule_set.category
    explained = score_round({name: category}, entries)
    whole, read = columns_from_entries(category, entries)
    parts = parted(whole, edges) if edges else [whole]
    return [*_of_lists(category, read), *_compared(category, explained, parts, again)]


def _of_lists(category: Category, read: Sequence[Inputs]) -> Iterator[Difference]:
    """Yield what is worked out of events and ratings, where it differs."""
    for name, explained, found in reductions(category, read):
        for each, mine, columnar in zip(read, explained, found, strict=True):
            if mine != columnar:
                yield Difference(f"list {name}", each.organisation.id, mine, columnar)


def _compared(
    category: Category, explained: RoundResult, parts: Sequence[Columns], again: bool
) -> Iterator[Difference]:
    engine = Engine(category, [each.id for each in indicators_of(category.rule_set)])
    tables = engine.tables(lambda work: [work(engine, each) for each in parts])
    decided = [engine.decide(each, tables) for each in parts]
    begin = 0
    for part, own in zip(parts, decided, strict=True):
        results = explained.results[begin : begin + part.size]
        yield from _of_groups(engine, results, engine.slots(part, tables))
        yield from _of_blocks(engine, part, own, tables) if again else ()
        begin += part.size
    for outcomes, reports in _awarded(engine, decided):
        yield from _of_organisations(engine, explained.results, outcomes)
        yield from _of_quotas(explained.quotas[category.rule_set.category], reports)


def _awarded(
    engine: Engine, decided: Sequence[Decided]
) -> Iterator[tuple[list[Outcome], list[QuotaReport]]]:
    """Yield what quotas do: on the states of all parts, and on one part that is the round."""
    counted = [count(engine.category.rule_set.quotas, each) for each in decided]
    awards, reports = award_states(engine, [census for census, _ in counted])
    triples = zip(awards, decided, counted, strict=True)
    yield [each.outcome(own, state) for each, own, (_, state) in triples], reports
    if len(decided) == 1:
        outcome, reports = award(engine, decided[0])
        yield [outcome], reports


def _of_organisations(
    engine: Engine, results: Sequence[Result], outcomes: Sequence[Outcome]
) -> Iterator[Difference]:
    expected = [_row(each) for each in results]
    found = [row for outcome in outcomes for row in _rows(engine, outcome)]
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


def _of_blocks(engine: Engine, part: Columns, own: Decided, tables: Tables) -> Iterator[Difference]:
    """Yield whatever another place in a large round changes: decisions depend on facts alone."""
    place = np.resize(np.arange(part.size), MANY)
    found = engine.decide(picked(part, place), tables)
    pairs = [(getattr(own, name), getattr(found, name)) for name in _OF_EACH]
    pairs += [(own.points[name], found.points[name]) for name in own.points]
    for number, (few, many) in enumerate(pairs):
        wrong = np.flatnonzero(few[place] != many)
        if len(wrong):
            first = int(wrong[0])
            expected, got = few[place[first]], many[first]
            yield Difference(f"array {number} of many", str(first), expected, got)


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
    if len(explained) != len(columnar):
        yield Difference("quota", "number of reports", len(explained), len(columnar))


def _name(report: QuotaReport) -> str:
    return f"{report.quota.id} in {report.group!r}"
