"""The mean of the peers, which stands in where an organisation lacks an indicator's data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaluator.scoring.cohort import dimension_of
from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.decisions import Decisions
from evaluator.scoring.columnar.layout import Layout
from evaluator.scoring.columnar.refusals import reference
from evaluator.scoring.columnar.tables import Checked, Peers
from rules import integers
from rules.integers import Int, const
from rules.lowering import Program


@dataclass(frozen=True)
class _Wanted:
    """For one peers slot: the points to be added, who has the data, who lacks it."""

    slot: int
    added: Int
    has: Int
    lacks: Int


class PeersMean:
    """What the peers of one rule set have, as expressions; nothing where no rule asks for them."""

    def __init__(self, layout: Layout, decisions: Decisions):
        program = layout.program
        self.unit = 10 ** (4 - program.rule_set.scale.places)
        self.refused = decisions.refused
        self.entries = [
            _wanted(number, slot.name, layout, decisions.assessed)
            for number, slot in enumerate(program.slots)
            if slot.kind == "peers"
        ]

    @property
    def wanted(self) -> list[Int]:
        """Return what `collect` expects, worked out for every organisation of a part."""
        own = [each for entry in self.entries for each in (entry.added, entry.has, entry.lacks)]
        return [self.refused, *own]

    def collect(self, arrays: Sequence[Array]) -> Checked:
        """Return the sums of a part."""
        refused, *rest = (int(each.sum(dtype=np.int64)) for each in arrays)
        return Checked(
            refused,
            {
                entry.slot: Peers(*rest[3 * number : 3 * number + 3])
                for number, entry in enumerate(self.entries)
            },
        )


def _wanted(slot: int, indicator: str, layout: Layout, assessed: Int) -> _Wanted:
    program = layout.program
    counted = integers.both(
        _bit(program, "applies", indicator),
        _bit(program, "present", dimension_of(program, indicator)),
    )
    counted = integers.both(assessed, counted)
    lacks = _lacks(indicator, layout)
    has = integers.both(counted, integers.negated(lacks))
    own = reference(program, "own", indicator)
    return _Wanted(slot, integers.where(has, own, const(0)), has, integers.both(counted, lacks))


def _bit(program: Program, *key: str) -> Int:
    return reference(program, *key) if key in program.index else const(1)


def _lacks(indicator: str, layout: Layout) -> Int:
    """Return whether the data of an indicator is missing, as the program itself sees it."""
    program = layout.program
    if ("absent", indicator) in program.index:
        return reference(program, "absent", indicator)
    return integers.any_of([layout.missing[name] for name in program.facts_of[indicator]])
