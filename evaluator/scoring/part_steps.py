"""A program as the steps in which it is run on drafts, and who reads which facts for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules.integers import Int, in_order
from rules.lowering import Program
from rules.lowering.program import Key, Reader

OF_INDICATORS = frozenset({"points", "exempt"})
"""Outputs of indicators: not known while a fact is missing for them."""
UNTIL_KNOWN = {
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
_FIRST_TOTALS = frozenset({"dimension", "base"})


@dataclass(frozen=True)
class Step:
    """One output with the operations that it adds to those before it.

    A step `of_totals` takes an indicator that waits as 0, where those of other indicators take it
    as not known.
    """

    key: Key
    root: Int
    nodes: tuple[Int, ...]
    of_totals: bool


class PartSteps:
    """The steps of a program; `compared` are the slots that the other organisations decide."""

    def __init__(self, program: Program):
        self.program = program
        self.steps = list(_steps(program))
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

    @property
    def deciding(self) -> list[Key]:
        """Return the keys of the readers that decide what applies."""
        return [key for key in self.readers if key[0] in ("applies", "dimension")]


def read_as(key: Key) -> Key:
    """Return under which key the readers of a condition are noted."""
    if key[0] == "here":
        return ("dimension", *key[1:])
    return ("stars",) if key[0] == "star" else key


def _steps(program: Program) -> Iterator[Step]:
    """Yield the outputs in order.

    A node is worked out once; those of indicators again for the totals.
    """
    seen: set[int] = set()
    of_totals = False
    for output in program.outputs:
        if output.key[0] in _FIRST_TOTALS and not of_totals:
            of_totals, seen = True, set()
        yield Step(output.key, output.value, tuple(in_order(output.value, seen)), of_totals)
