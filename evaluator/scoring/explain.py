"""One organisation to an assessment with its whole trace."""

from __future__ import annotations

from collections.abc import Mapping

from evaluator.scoring.assessment import Assessment
from evaluator.scoring.compiled import compile_outputs
from evaluator.scoring.group_values import Given, fill_group
from evaluator.scoring.inputs import (
    FactErrors,
    FactProblem,
    InputReader,
    Inputs,
    Organisation,
)
from evaluator.scoring.reading import Raw
from rules.lowering import Program, lower
from rules.syntax import RuleSet

NOTHING: Given = {}
MOST_KEPT = 4096


class Scorer:
    """Scores organisations by one rule set; made once, used for any number of them."""

    def __init__(self, rule_set: RuleSet):
        self.program: Program = lower(rule_set)
        self.reader = InputReader(self.program)
        outputs = [output.value for output in self.program.outputs]
        self.run = compile_outputs(outputs, len(self.program.slots))
        self._readers_lacking: dict[frozenset[str], list[tuple[frozenset[str], int | None]]] = {}
        self.grouped = any(slot.kind in ("cohort", "peers") for slot in self.program.slots)

    def read(self, organisation: Organisation, raw: Mapping[str, Raw]) -> Inputs:
        """Return the facts of an organisation as slots; raises FactErrors."""
        return self.reader.read(organisation, raw)

    def explain(self, inputs: Inputs, group: Given = NOTHING, peers: Given = NOTHING) -> Assessment:
        """Return the assessment of facts that were read; raises FactErrors for missing ones.

        `group` and `peers` hold what a round works out from all organisations, where one alone is
        scored by a rule set that compares them.
        """
        if self.grouped:
            fill_group(self.program, inputs, group, peers)
        return self.assess(inputs)

    def assess(self, inputs: Inputs) -> Assessment:
        """Return the assessment of slots that are complete, those of the group included."""
        assessment = Assessment(self.program, inputs, self.run(inputs.slots))
        if inputs.missing or self.program.demands:
            self._check(assessment)
        return assessment

    def _check(self, assessment: Assessment) -> None:
        """Raise FactErrors for facts that a rule needs and nobody gave, and for broken demands."""
        problems = [*self._missing(assessment), *self._broken(assessment)]
        if problems:
            raise FactErrors(assessment.organisation, problems)

    def _missing(self, assessment: Assessment) -> list[FactProblem]:
        needed: set[str] = set()
        for lacking, applies in self._lacking(frozenset(assessment.inputs.missing)):
            if applies is None or assessment.outputs[applies]:
                needed |= lacking
        if not needed:
            return []
        return [
            FactProblem(name, "缺少数据，请补充", "is missing; give it a value")
            for name in self.program.rule_set.facts
            if name in needed
        ]

    def _lacking(self, missing: frozenset[str]) -> list[tuple[frozenset[str], int | None]]:
        """Return what each reader lacks of its facts, and the output that says if it applies.

        Most organisations lack the same few facts, and the readers of all others are many.
        """
        if missing not in self._readers_lacking:
            if len(self._readers_lacking) >= MOST_KEPT:
                self._readers_lacking.clear()
            self._readers_lacking[missing] = [
                (missing & each.facts, each.applies)
                for each in self.program.readers
                if missing & each.facts
            ]
        return self._readers_lacking[missing]

    def _broken(self, assessment: Assessment) -> list[FactProblem]:
        return [
            FactProblem(demand.fact, demand.message_zh, demand.message_en)
            for demand in self.program.demands
            if demand.fact not in assessment.inputs.missing and assessment.value(*demand.key)
        ]
