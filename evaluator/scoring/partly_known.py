"""The outputs of a program where some of what it reads is not known yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from evaluator.scoring.inputs import FactProblem, Inputs
from evaluator.scoring.interpreted import evaluate
from rules.integers import Int, Op, in_order, operate
from rules.lowering import Program, indicators_of
from rules.lowering.program import Demand, Key, Reader
from rules.syntax import Indicator

_UNTIL_KNOWN = {
    "here": 1,
    "present": 1,
    "eligible": 1,
    "veto": 0,
    "gate": 0,
    "direct": 0,
    "cap": 0,
    "skip": 0,
    "star": 0,
}
"""What a condition counts as until its facts are known: nothing won, nothing held against."""
_OF_INDICATORS = frozenset({"points", "exempt"})
_FIRST_TOTALS = frozenset({"dimension", "base"})
_NONE = frozenset[str]()


@dataclass(frozen=True)
class Waiting:
    """Why an indicator has no points as yet: facts that it lacks, or the other organisations."""

    facts: frozenset[str] = _NONE
    compared: bool = False


@dataclass(frozen=True)
class _Step:
    """One output with the operations that it adds to those before it."""

    key: Key
    root: Int
    nodes: tuple[Int, ...]
    of_totals: bool


class PartProgram:
    """A program made ready to be run on drafts; made once."""

    def __init__(self, program: Program):
        self.program = program
        self.steps = list(_steps(program))
        self.indicators = {each.id: each for each in indicators_of(program.rule_set)}
        self.compared = frozenset(
            number for number, slot in enumerate(program.slots) if slot.kind in ("cohort", "peers")
        )
        self.readers: dict[Key, list[Reader]] = {}
        for reader in program.readers:
            self.readers.setdefault(reader.key, []).append(reader)
        for dimension in program.rule_set.dimensions:
            conditions = self.readers.get(("dimension", dimension.id), [])
            for indicator in dimension.indicators if conditions else ():
                self.readers.setdefault(("points", indicator.id), []).extend(conditions)


def _steps(program: Program) -> Iterator[_Step]:
    """Yield the outputs in order.

    A node is worked out once; those of indicators again for the totals, which take an indicator
    that waits as 0 where other indicators take it as not known.
    """
    seen: set[int] = set()
    of_totals = False
    for output in program.outputs:
        if output.key[0] in _FIRST_TOTALS and not of_totals:
            of_totals, seen = True, set()
        yield _Step(output.key, output.value, tuple(in_order(output.value, seen)), of_totals)


class Walk:
    """One draft on its way through a program.

    `known` holds None for whatever is not known yet, `outputs` a number for everything.
    """

    def __init__(self, parts: PartProgram, inputs: Inputs, unknown: frozenset[int]):
        self.parts = parts
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

    def _settle(self, step: _Step, value: int | None) -> None:
        """Note an output, with what it counts as while it is not known."""
        kind = step.key[0]
        if kind in _OF_INDICATORS:
            value = self._of_indicator(step.key[1], value)
        elif kind in _UNTIL_KNOWN and (value is None or self.lacks(_read_as(step.key))):
            value = _UNTIL_KNOWN[kind]
        self.known.append(value)
        if value is None:
            blank = kind not in _OF_INDICATORS
            value = evaluate(step.root, self.inputs.slots, self.outputs) if blank else 0
        self.outputs.append(value)

    def _of_indicator(self, name: str, value: int | None) -> int | None:
        """Return points or exemption of an indicator, None where it waits for something."""
        facts = self.lacks(("points", name)) | self.lacks(("applies", name))
        facts |= {each.fact for each in self._broken() if each.key[1] == name}
        if facts:
            self.waiting[name] = Waiting(facts)
        elif value is None:
            self.waiting[name] = self._stands_in(self.parts.indicators[name])
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


def _read_as(key: Key) -> Key:
    """Return under which key the readers of a condition are noted."""
    if key[0] == "here":
        return ("dimension", *key[1:])
    return ("stars",) if key[0] == "star" else key


def _decided(op: Op, given: Sequence[int | None]) -> int | None:
    """Return the value of an operation that does not depend on what is not known, else None."""
    if op == "where" and given[0] is not None:
        return given[1] if given[0] else given[2]
    if op in ("and", "mul") and 0 in given:
        return 0
    return 1 if op == "or" and 1 in given else None
