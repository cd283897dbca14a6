"""From a program to one Python function that runs it on drafts, whatever facts they lack.

It is the source of `compiled`, with None for what is not known yet. Few values may ever be None:
points of indicators, and what is made of the other organisations. All else is plain arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from operator import or_

from evaluator.scoring.compiled import Source, function_of, operated
from evaluator.scoring.part_steps import OF_INDICATORS, UNTIL_KNOWN, PartSteps, Step, read_as
from rules.integers import Int, Op, in_order
from rules.lowering.program import Demand, Key

COMPARED = -1
"""The code of an indicator without points that lacks no fact itself."""
Found = tuple[tuple[int, ...], tuple[int, ...], int, int, tuple[object, ...]]
"""Outputs; a code for each output of an indicator (0, `COMPARED`, or the facts that it lacks); all
facts that are missing; those of them that decide what applies; what is demanded and broken."""
RunParts = Callable[[Sequence[int], int], Found]
"""Sets of facts are bits of a whole number here."""


def compile_parts(parts: PartSteps, bits: Mapping[str, int], unknown: frozenset[int]) -> RunParts:
    """Return a function from slots and the missing facts to what is found; see `Found`.

    `unknown` are slots that are not filled yet.
    """
    run: RunParts = function_of(_PartSource(parts, bits, unknown).text())
    return run


class _PartSource(Source):
    """Writes the function: `o1` is an output, `k1` the same with None where it is not known."""

    def __init__(self, parts: PartSteps, bits: Mapping[str, int], unknown: frozenset[int]):
        self.program = parts.program
        super().__init__([each.value for each in self.program.outputs], len(self.program.slots))
        self.parts, self.bits, self.unknown = parts, bits, unknown
        self.doubtful: set[int] = set()
        """The outputs that may be None."""
        self.unsure: set[int] = set()
        """The nodes that may be None."""
        self.of_totals = False
        self.codes: list[str] = []

    def text(self) -> str:
        """Return the whole function."""
        for number, step in enumerate(self.parts.steps):
            if step.of_totals and not self.of_totals:
                self.of_totals, self.written, self.unsure = True, {}, set()
            for node in step.nodes:
                self.written[id(node)] = self.expression(node)
            self._settle(number, step)
        readers, deciding = self.parts.readers, self.parts.deciding
        broken = [self._is_broken(each) for each in self.program.demands]
        found = [
            _tuple(f"o{number}" for number in range(len(self.outputs))),
            _tuple(self.codes),
            self._lacks(*readers),
            self._lacks(*deciding),
            _tuple(broken),
        ]
        slots = [f"s{number}" for number in range(self.slots)]
        body = [f"{_tuple(slots)} = slots", *self.lines, f"return {', '.join(found)}"]
        return "def run(slots, missing):\n" + "".join(f"    {line}\n" for line in body)

    def expression(self, node: Int) -> str:
        """Return Python for a node, None where it surely is not known."""
        if node.op == "slot" and node.value in self.unknown:
            self.unsure.add(id(node))
            return "None"
        if node.op == "output" and node.value in self.doubtful and not self.of_totals:
            self.unsure.add(id(node))
            return f"k{node.value}"
        return super().expression(node)

    def operation(self, node: Int) -> str:
        """Return Python for an operation, None where that depends on what is not known."""
        unsure = [number for number, each in enumerate(node.args) if id(each) in self.unsure]
        if not unsure:
            return super().operation(node)
        self.unsure.add(id(node))
        return _undecided(node.op, [self.simple(each) for each in node.args], unsure)

    def _settle(self, number: int, step: Step) -> None:
        """Write an output, with what it counts as while it is not known."""
        kind, doubtful = step.key[0], id(step.root) in self.unsure
        value = self.simple(step.root) if doubtful else self.written[id(step.root)]
        if kind in OF_INDICATORS:
            self._settle_indicator(number, step, value, doubtful)
        elif kind in UNTIL_KNOWN:
            tests = [f"{value} is None"] if doubtful else []
            lacks = self._lacks(read_as(step.key))
            tests += [lacks] if lacks != "0" else []
            counts = f"{UNTIL_KNOWN[kind]} if {' or '.join(tests)} else " if tests else ""
            self.lines.append(f"o{number} = {counts}{value}")
        elif doubtful:
            self.doubtful.add(number)
            self._settle_blank(number, step, value)
        else:
            self.lines.append(f"o{number} = {value}")

    def _settle_indicator(self, number: int, step: Step, value: str, doubtful: bool) -> None:
        """Write points or exemption of an indicator; neither is known while it waits."""
        name = step.key[1]
        broken = [
            f"({self._bit(each)} if {self._is_broken(each)} else 0)"
            for each in self.program.demands
            if each.key[1] == name
        ]
        code = " | ".join([self._lacks(("points", name), ("applies", name)), *broken])
        if doubtful:
            code = f"({code}) or ({COMPARED} if {value} is None else 0)"
        self.lines.append(f"c{number} = {code}")
        self.codes.append(f"c{number}")
        waits = f"c{number}"
        exempt = self.program.index.get(("exempt", name), number)
        if exempt < number:
            waits += f" or c{exempt}"
        self.doubtful.add(number)
        self.lines.append(f"k{number} = None if {waits} else {value}")
        self.lines.append(f"o{number} = k{number} or 0")

    def _settle_blank(self, number: int, step: Step, value: str) -> None:
        """Write an output that is worked out once more where it is not known, with blanks."""
        self.lines += [f"k{number} = {value}", f"if k{number} is None:"]
        kept = (self.lines, self.written, self.unsure, self.unknown, self.of_totals)
        self.lines, self.written, self.unsure = [], {}, set()
        self.unknown, self.of_totals = frozenset(), True
        for node in in_order(step.root):
            self.written[id(node)] = self.expression(node)
        block = [*self.lines, f"o{number} = {self.written[id(step.root)]}"]
        self.lines, self.written, self.unsure, self.unknown, self.of_totals = kept
        self.lines += [*(f"    {line}" for line in block), "else:", f"    o{number} = k{number}"]

    def _lacks(self, *keys: Key) -> str:
        """Return Python for the missing facts that some outputs need, as bits."""
        readers = [each for key in keys for each in self.parts.readers.get(key, ())]
        always = reduce(
            or_, (self._bits(each.facts) for each in readers if each.applies is None), 0
        )
        found = [f"missing & {always}"] if always else []
        for each in readers:
            facts = self._bits(each.facts) & ~always
            if each.applies is not None and facts:
                found.append(f"(missing & {facts} if {self._known(each.applies)} != 0 else 0)")
        return f"({' | '.join(found)})" if found else "0"

    def _bits(self, facts: frozenset[str]) -> int:
        return reduce(or_, (self.bits[each] for each in facts), 0)

    def _bit(self, demand: Demand) -> int:
        return self.bits[demand.fact]

    def _known(self, number: int) -> str:
        return f"k{number}" if number in self.doubtful else f"o{number}"

    def _is_broken(self, demand: Demand) -> str:
        """Return Python for whether a demand on a fact that was given does not hold."""
        known = self._known(self.program.index[demand.key])
        return f"({known} and not missing & {self._bit(demand)})"


def _undecided(op: Op, values: list[str], unsure: list[int]) -> str:
    """Return Python for an operation on values of which some may be None."""
    written = operated(op, values)
    if op == "where":
        return f"(None if {values[0]} is None else {written})" if 0 in unsure else written
    none = " or ".join(f"{values[number]} is None" for number in unsure)
    written = f"(None if {none} else {written})"
    if op in ("and", "mul"):
        return f"(0 if {values[0]} == 0 or {values[1]} == 0 else {written})"
    if op == "or":
        return f"(1 if {values[0]} == 1 or {values[1]} == 1 else {written})"
    return written


def _tuple(values: Iterable[str]) -> str:
    return f"({''.join(f'{each}, ' for each in values)})"
