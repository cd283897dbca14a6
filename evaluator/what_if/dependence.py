"""Which outputs of a program depend on which, so that only what changes is worked out anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from rules import integers
from rules.integers import Int, in_order
from rules.lowering import Program


def outputs_in(expressions: Iterable[Int]) -> set[int]:
    """Return the numbers of the outputs to which expressions refer themselves."""
    seen: set[int] = set()
    return {
        node.value for each in expressions for node in in_order(each, seen) if node.op == "output"
    }


class Dependence:
    """The outputs of one program by what they refer to; an output refers to earlier ones alone."""

    def __init__(self, program: Program):
        self.definitions = [output.value for output in program.outputs]
        self.direct = [outputs_in([each]) for each in self.definitions]

    def affected(self, changed: Collection[int]) -> set[int]:
        """Return the outputs that are worked out anew where some change, those included."""
        found = set(changed)
        for number in range(min(found, default=0), len(self.direct)):
            if self.direct[number] & found:
                found.add(number)
        return found

    def frontier(self, wanted: Iterable[Int], affected: Collection[int]) -> set[int]:
        """Return the outputs that remain as they are and are needed to work out the others."""
        return self.reached(wanted, affected) - set(affected)

    def reached(self, wanted: Iterable[Int], affected: Collection[int]) -> set[int]:
        """Return the outputs to which expressions refer, and so on through those affected."""
        waiting, seen = list(outputs_in(wanted)), set[int]()
        while waiting:
            number = waiting.pop()
            if number not in seen:
                seen.add(number)
                waiting += self.direct[number] if number in affected else ()
        return seen

    def with_slots(self, kept: Sequence[int], first: int) -> list[Int]:
        """Return the definitions with kept outputs as slots, numbered from `first` on."""
        definitions = list(self.definitions)
        for place, number in enumerate(kept, first):
            value = definitions[number]
            definitions[number] = integers.slot(place, value.low, value.high)
        return definitions
