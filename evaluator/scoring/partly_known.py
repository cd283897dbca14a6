"""The outputs of a program where some of what it reads is not known yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from evaluator.scoring.inputs import FactProblem, Inputs
from evaluator.scoring.part_source import COMPARED, RunParts, compile_parts
from evaluator.scoring.part_steps import OF_INDICATORS, PartSteps
from rules.lowering import Program, indicators_of

_NONE = frozenset[str]()


@dataclass(frozen=True)
class Waiting:
    """Why an indicator has no points as yet: facts that it lacks, or the other organisations."""

    facts: frozenset[str] = _NONE
    compared: bool = False


@dataclass(frozen=True)
class PartlyKnown:
    """What a draft comes to: a number for every output, and what is not known yet.

    `missing` are the facts that a rule needs now, `problems` what is demanded of judged facts and
    does not hold.
    """

    outputs: Sequence[int]
    waiting: Mapping[str, Waiting]
    missing: frozenset[str]
    problems: Sequence[FactProblem]


class PartProgram:
    """A program made ready to be run on drafts; made once, used for any number of them."""

    def __init__(self, program: Program):
        self.program = program
        self.steps = PartSteps(program)
        facts = [*program.rule_set.facts, *(each.fact for each in program.demands)]
        self.facts = list(dict.fromkeys(facts))
        self.bits = {name: 1 << number for number, name in enumerate(self.facts)}
        self.indicators = {each.id: each for each in indicators_of(program.rule_set)}
        self.names = [each.key[1] for each in self.steps.steps if each.key[0] in OF_INDICATORS]

    @cached_property
    def _alone(self) -> RunParts:
        return compile_parts(self.steps, self.bits, self.steps.compared)

    @cached_property
    def _compared(self) -> RunParts:
        return compile_parts(self.steps, self.bits, _NO_SLOTS)

    def run(self, inputs: Inputs, group_known: bool = False) -> PartlyKnown:
        """Return what a draft comes to; ranks and means are known where its group is filled."""
        run = self._compared if group_known or not self.steps.compared else self._alone
        lacked = sum(self.bits[each] for each in inputs.missing)
        outputs, codes, missing, deciding, broken = run(inputs.slots, lacked)
        return PartlyKnown(
            outputs,
            self._waiting(codes) if any(codes) else {},
            self._named(missing),
            self._problems(broken, unsure=bool(deciding)),
        )

    def _waiting(self, codes: Sequence[int]) -> dict[str, Waiting]:
        waiting: dict[str, Waiting] = {}
        for name, code in zip(self.names, codes, strict=True):
            if code == COMPARED:
                waiting[name] = self._stands_in(name, waiting)
            elif code:
                waiting[name] = Waiting(self._named(code))
        return waiting

    def _stands_in(self, name: str, waiting: Mapping[str, Waiting]) -> Waiting:
        """Return what an indicator waits for that reads no missing fact itself."""
        indicator = self.indicators[name]
        for fallback in (indicator.missing, indicator.otherwise):
            if fallback and fallback.kind == "use" and fallback.use in waiting:
                return waiting[fallback.use]
        return Waiting(compared=True)

    def _named(self, facts: int) -> frozenset[str]:
        """Return the facts whose bits are set."""
        found = []
        while facts:
            lowest = facts & -facts
            found.append(self.facts[lowest.bit_length() - 1])
            facts -= lowest
        return frozenset(found)

    def _problems(self, broken: Sequence[object], unsure: bool) -> list[FactProblem]:
        """Return the demands that are broken.

        That exactly one of what replaces each other applies is demanded once all conditions are
        known.
        """
        return [
            FactProblem(each.fact, each.message_zh, each.message_en)
            for each, holds_not in zip(self.program.demands, broken, strict=True)
            if holds_not and not (unsure and each.key[1] == "alternative")
        ]


_NO_SLOTS = frozenset[int]()
