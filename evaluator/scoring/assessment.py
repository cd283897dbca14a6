"""What the scoring of one organisation came to, before and after a level is decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from evaluator.scoring.inputs import Inputs, Organisation
from rules.lowering import Program
from rules.syntax import Indicator, Veto


@dataclass
class Assessment:
    """All points of one organisation with their whole trace, as the program's outputs.

    `outputs` holds points in 1/10,000 and conditions as 0 or 1, in the order of the program;
    `value("part", indicator, "0")` is what one part of one indicator brought.
    """

    program: Program
    inputs: Inputs
    outputs: Sequence[int]

    @property
    def organisation(self) -> Organisation:
        """Return who was rated."""
        return self.inputs.organisation

    def value(self, *key: str) -> int:
        """Return one output of the program."""
        return int(self.outputs[self.program.index[key]])

    def get(self, *key: str, default: int = 0) -> int:
        """Return one output, or a default where the program has no such output."""
        index = self.program.index.get(key)
        return default if index is None else int(self.outputs[index])

    @cached_property
    def total(self) -> int:
        """Return the total in 1/10,000 points; 0 where a veto clears it."""
        if any(veto.effect.kind == "clear_to_zero" for veto in self.fallen_vetoes):
            return 0
        return self.value("total")

    @cached_property
    def fallen_vetoes(self) -> tuple[Veto, ...]:
        """Return the vetoes that fall on the organisation."""
        return tuple(veto for veto in self.program.rule_set.vetoes if self.value("veto", veto.id))

    def counts(self, indicator: Indicator) -> bool:
        """Return whether an indicator counts: it is not exempt, and no other takes its place."""
        replaced = indicator.alternative and not self.get("applies", indicator.id, default=1)
        return not replaced and not self.get("exempt", indicator.id)

    @cached_property
    def _deducting(self) -> frozenset[str]:
        blocks = self.program.rule_set.blocks
        return frozenset(
            indicator.id
            for block in blocks
            if block.kind == "deduction"
            for indicator in block.indicators
        )

    def deducts(self, indicator: Indicator) -> bool:
        """Return whether an indicator's points are taken off the whole."""
        return indicator.id in self._deducting

    def points(self, indicator: Indicator) -> int:
        """Return the points of an indicator in 1/10,000."""
        return self.value("points", indicator.id)
