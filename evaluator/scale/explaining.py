"""Single organisations of a large round, by the explaining path: refused ones, and chosen ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evaluator.files.columnar import RoundParts
from evaluator.files.organisation_rows import OrganisationRows
from evaluator.files.submissions import Submission
from evaluator.scale.passes import columns_of
from evaluator.scoring.cohort import no_peers
from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.outcome import Outcome
from evaluator.scoring.columnar.tables import Tables
from evaluator.scoring.inputs import FactErrors, FactProblem, Inputs
from evaluator.scoring.round import Result


@dataclass(frozen=True)
class Place:
    """Where an organisation stands: in which part and category, at which place, in which row."""

    part: int
    category: str
    place: int
    row: int


class Explaining:
    """Works out again, one by one, what the columns came to; `tables` are those of the round."""

    def __init__(
        self, file: RoundParts, engines: Mapping[str, Engine], tables: Mapping[str, Tables]
    ):
        self.file = file
        self.engines = engines
        self.tables = tables

    def refusals(self, places: Sequence[Place]) -> Iterator[FactErrors]:
        """Yield why each of some organisations was refused."""
        for place, submission, slots in self._read(places):
            yield self._refusal(place, submission, slots)

    def results(
        self, places: Sequence[Place], outcomes: Mapping[tuple[int, str], Outcome]
    ) -> Iterator[Result]:
        """Yield the whole result of each of some organisations that were scored."""
        for place, submission, slots in self._read(places):
            outcome = outcomes[place.part, place.category]
            yield self._result(place, submission, slots[-1], outcome)

    def _read(
        self, places: Sequence[Place]
    ) -> Iterator[tuple[Place, Submission, list[dict[int, int]]]]:
        """Yield each organisation's facts, and its group's slots by one table after another."""
        for number in sorted({each.part for each in places}):
            mine = [each for each in places if each.part == number]
            submissions = _submissions(self.file, number, [each.row for each in mine])
            columns = columns_of(self.file.read(number))
            for place, submission in zip(mine, submissions, strict=True):
                engine, tables = self.engines[place.category], self.tables[place.category]
                every = [*tables.earlier, tables]
                one = columns[place.category]
                yield (
                    place,
                    submission,
                    [_compared(engine, engine.slots(one, each), place.place) for each in every],
                )

    def _refusal(
        self, place: Place, submission: Submission, slots: Sequence[Mapping[int, int]]
    ) -> FactErrors:
        scorer = self.engines[place.category].category.scorer
        try:
            inputs = scorer.read(submission.organisation, submission.facts)
            for each in slots:
                scorer.assess(_filled(inputs, each))
        except FactErrors as error:
            return error
        return FactErrors(submission.organisation, self._in_vain(place))

    def _in_vain(self, place: Place) -> list[FactProblem]:
        """Return what is said where nobody has the data whose mean should stand in."""
        tables, program = self.tables[place.category], self.engines[place.category].program
        return [
            no_peers(program.slots[slot].name)
            for each in tables.earlier
            for slot, peers in each.peers.items()
            if peers.is_needed_in_vain
        ]

    def _result(
        self, place: Place, submission: Submission, slots: Mapping[int, int], outcome: Outcome
    ) -> Result:
        engine = self.engines[place.category]
        category = engine.category
        inputs = category.scorer.read(submission.organisation, submission.facts)
        assessment = category.scorer.assess(_filled(inputs, slots))
        decision = category.levels.decide(assessment)
        decision.index = int(outcome.final[place.place])
        decision.steps += [
            engine.decisions.words[int(steps[who == place.place][0])]
            for who, steps in outcome.quota_steps
            if place.place in who
        ]
        return Result(submission.organisation, category, assessment, decision)


def _submissions(file: RoundParts, number: int, rows: Sequence[int]) -> list[Submission]:
    frame, table = file.file.frame(number), file.file.table()
    table.rows = iter(frame.rows(np.searchsorted(frame.numbers, rows)))
    return list(OrganisationRows(table, file.rule_sets, {}))


def _compared(engine: Engine, slots: Sequence[Array | None], place: int) -> dict[int, int]:
    """Return the slots of the group of one organisation."""
    return {
        number: int(array[place])
        for number, slot in enumerate(engine.program.slots)
        if slot.kind in ("cohort", "peers") and (array := slots[number]) is not None
    }


def _filled(inputs: Inputs, slots: Mapping[int, int]) -> Inputs:
    for number, value in slots.items():
        inputs.slots[number] = value
    return inputs
