"""A draft walked through a program step by step: what the compiled function must come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from evaluator.scoring.inputs import FactProblem, Inputs
from evaluator.scoring.interpreted import evaluate
from evaluator.scoring.part_steps import OF_INDICATORS, UNTIL_KNOWN, PartSteps, Step, read_as
from evaluator.scoring.partly_known import PartlyKnown, Waiting
from rules.integers import Int, Op, operate
from rules.lowering import indicators_of
from rules.lowering.program import Demand, Key, Reader
from rules.syntax import Indicator

_NONE = frozenset[str]()


def walked(steps: PartSteps, inputs: Inputs, group_known: bool = False) -> PartlyKnown:
    """Return what a draft comes to, found by walking the form."""
    walk = Walk(steps, inputs, _NO_SLOTS if group_known else steps.compared)
    walk.run()
    return PartlyKnown(walk.outputs, walk.waiting, walk.missing(), walk.problems())


class Walk:
    """One draft on its way through a program.

    `known` holds None for whatever is not known yet, `outputs` a number for everything.
    """

    def __init__(self, parts: PartSteps, inputs: Inputs, unknown: frozenset[int]):
        self.parts = parts
        self.indicators = {each.id: each for each in indicators_of(parts.program.rule_set)}
        self.inputs = inputs
        self.unknown = unknown
        self.known: list[int | None] = []
        self.outputs: list[int] = []
        self.waiting: dict[str, Waiting] = {}

    def run(self) -> None:
        """Work out every output in the order of the program."""
        for of_totals, steps in groupby(self.parts.steps, key=lambda step: step.of_totals):
            values: dict[int, int | None] = {}
            before: Sequence[int | None] = self.outputs if of_totals else self.known
            for step in steps:
                for node in step.nodes:
                    values[id(node)] = self._value(node, values, before)
                self._settle(step, values[id(step.root)])

    def _value(
        self, node: Int, values: Mapping[int, int | None], before: Sequence[int | None]
    ) -> int | None:
        if node.op == "const":
            return node.value
        if node.op == "slot":
            return None if node.value in self.unknown else int(self.inputs.slots[node.value])
        if node.op == "output":
            return before[node.value]
        given = [values[id(each)] for each in node.args]
        if None in given:
            return _decided(node.op, given)
        return operate(node.op, given)  # type: ignore[arg-type] # no None is among them

    def _settle(self, step: Step, value: int | None) -> None:
        """Note an output, with what it counts as while it is not known."""
        kind = step.key[0]
        if kind in OF_INDICATORS:
            value = self._of_indicator(step.key[1], value)
        elif kind in UNTIL_KNOWN and (value is None or self.lacks(read_as(step.key))):
            value = UNTIL_KNOWN[kind]
        self.known.append(value)
        if value is None:
            blank = kind not in OF_INDICATORS
            value = evaluate(step.root, self.inputs.slots, self.outputs) if blank else 0
        self.outputs.append(value)

    def _of_indicator(self, name: str, value: int | None) -> int | None:
        """Return points or exemption of an indicator, None where it waits for something."""
        facts = self.lacks(("points", name)) | self.lacks(("applies", name))
        facts |= {each.fact for each in self._broken() if each.key[1] == name}
        if facts:
            self.waiting[name] = Waiting(facts)
        elif value is None:
            self.waiting[name] = self._stands_in(self.indicators[name])
        return None if name in self.waiting else value

    def _stands_in(self, indicator: Indicator) -> Waiting:
        """Return what an indicator waits for that reads no missing fact itself."""
        for fallback in (indicator.missing, indicator.otherwise):
            if fallback and fallback.kind == "use" and fallback.use in self.waiting:
                return self.waiting[fallback.use]
        return Waiting(compared=True)

    def lacks(self, key: Key) -> frozenset[str]:
        """Return the missing facts that an output needs."""
        missing = self.inputs.missing
        readers = self.parts.readers.get(key, ()) if missing else ()
        return _NONE.union(*(missing & each.facts for each in readers if self._applies(each)))

    def _applies(self, reader: Reader) -> bool:
        return reader.applies is None or self.known[reader.applies] != 0

    def missing(self) -> frozenset[str]:
        """Return every missing fact that is needed, as `Scorer.explain` does."""
        return _NONE.union(*(self.lacks(key) for key in self.parts.readers))

    def _broken(self) -> list[Demand]:
        """Return the demands on facts that were given, as far as the walk has come."""
        index = self.parts.program.index
        return [
            each
            for each in self.parts.program.demands
            if each.fact not in self.inputs.missing
            and index[each.key] < len(self.known)
            and self.known[index[each.key]]
        ]

    def problems(self) -> list[FactProblem]:
        """Return what is demanded of judged facts and does not hold.

        That exactly one of what replaces each other applies is demanded once all conditions are
        known.
        """
        deciding = [key for key in self.parts.readers if key[0] in ("applies", "dimension")]
        unsure = any(map(self.lacks, deciding))
        return [
            FactProblem(each.fact, each.message_zh, each.message_en)
            for each in self._broken()
            if each.key[1] != "alternative" or not unsure
        ]


def _decided(op: Op, given: Sequence[int | None]) -> int | None:
    """Return the value of an operation that does not depend on what is not known, else None."""
    if op == "where" and given[0] is not None:
        return given[1] if given[0] else given[2]
    if op in ("and", "mul") and 0 in given:
        return 0
    return 1 if op == "or" and 1 in given else None


_NO_SLOTS = frozenset[int]()
