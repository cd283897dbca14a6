"""Who is not rated, as far as their own facts say so: decided before anybody is compared."""

from __future__ import annotations

from collections.abc import Iterable

from evaluator.scoring.assessment import Assessment
from evaluator.scoring.explain import Scorer
from evaluator.scoring.inputs import FactErrors, Inputs
from evaluator.scoring.levels import Decision, LevelRules
from rules.integers import Int
from rules.lowering import Program
from rules.lowering.program import Key, Reader

_POINTS = frozenset({"own", "points"})


class FirstPass:
    """Finds who is not rated; made once for a category.

    Whoever is not rated is compared with nobody, and need not give what only points are made of.
    A condition that depends on ranks, bests or means of a group cannot be decided here: whom it
    leaves out is known after the comparison only, and counts in it.
    """

    def __init__(self, scorer: Scorer, levels: LevelRules):
        self.scorer = scorer
        self.levels = levels
        rule_set = scorer.program.rule_set
        self.entries = rule_set.eligibility
        self.needed = [
            _needed(scorer.program, ("eligible", str(number)))
            for number in range(len(self.entries))
        ]
        part_year = rule_set.organisations.part_year == "not_rated"
        self.conditions = bool(self.entries) or part_year

    def not_rated(self, inputs: Inputs) -> Decision | None:
        """Return the decision for whoever is surely not rated, None for the others."""
        if not self.conditions or not (self.scorer.grouped or inputs.missing):
            return None
        program = self.scorer.program
        assessment = Assessment(program, inputs, self.scorer.run(inputs.slots))
        decision = self.levels.unfit(assessment, self._decidable(assessment))
        return decision if decision and not decision.rated else None

    def assessment(self, inputs: Inputs) -> Assessment | None:
        """Return the points of whoever is not rated, None where they cannot be worked out.

        Raises FactErrors for facts that are wrong, and not only missing.
        """
        if self.scorer.grouped:
            return None
        try:
            return self.scorer.assess(inputs)
        except FactErrors as error:
            if all(each.fact in inputs.missing for each in error.problems):
                return None
            raise

    def _decidable(self, assessment: Assessment) -> set[int]:
        """Return the conditions that are known to be the first that fails, if they fail.

        One that is not known stands in the way of all that follow, but where it would come to
        the same: not rated.
        """
        found = set()
        for number, needed in enumerate(self.needed):
            if needed is not None and not _lacks(assessment, needed):
                found.add(number)
            elif self.entries[number].otherwise != "not_rated":
                break
        return found


def _lacks(assessment: Assessment, needed: Iterable[Reader]) -> bool:
    missing = assessment.inputs.missing
    return any(
        missing & reader.facts and (reader.applies is None or assessment.outputs[reader.applies])
        for reader in needed
    )


def _needed(program: Program, key: Key) -> list[Reader] | None:
    """Return who reads facts for an output; None where it depends on the group."""
    slots, outputs = _reached(program, key)
    if any(program.slots[number].kind in ("cohort", "peers") for number in slots):
        return None
    if any(program.outputs[number].key[0] in _POINTS for number in outputs):
        return program.readers
    return [reader for reader in program.readers if reader.key == key]


def _reached(program: Program, key: Key) -> tuple[set[int], set[int]]:
    """Return all slots and outputs that an output depends on, through any number of others."""
    slots: set[int] = set()
    outputs: set[int] = set()
    seen: set[int] = set()
    waiting: list[Int] = [program.outputs[program.index[key]].value]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        waiting.extend(node.args)
        if node.op == "slot":
            slots.add(node.value)
        elif node.op == "output":
            outputs.add(node.value)
            waiting.append(program.outputs[node.value].value)
    return slots, outputs
