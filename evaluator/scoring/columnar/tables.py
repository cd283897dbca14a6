"""What the groups of a round came to, before anything of an organisation can be decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from evaluator.scoring.columnar.tallies import Comparison
from rules.numbers import half_up


@dataclass(frozen=True)
class Peers:
    """The points of one indicator among those who have its data, and how many lack it."""

    added: int
    counted: int
    lacking: int

    def stand_in(self, unit: int) -> int:
        """Return the mean, rounded half up to a unit; 0 where nobody has the data."""
        return half_up(self.added, self.counted * unit) * unit if self.counted else 0

    @property
    def is_needed_in_vain(self) -> bool:
        """Return whether somebody lacks the data and nobody has it."""
        return self.lacking > 0 and self.counted == 0


@dataclass(frozen=True)
class Checked:
    """How many organisations of a part are refused, and its peers by slot."""

    refused: int
    peers: Mapping[int, Peers]


def checked_together(parts: Sequence[Checked]) -> Checked:
    """Return what all parts of a round come to."""
    slots = parts[0].peers if parts else {}
    peers = {
        slot: Peers(
            sum(each.peers[slot].added for each in parts),
            sum(each.peers[slot].counted for each in parts),
            sum(each.peers[slot].lacking for each in parts),
        )
        for slot in slots
    }
    in_vain = sum(each.lacking for each in peers.values() if each.is_needed_in_vain)
    return Checked(sum(each.refused for each in parts) + in_vain, peers)


@dataclass(frozen=True)
class Tables:
    """What groups came to so far; small, whatever the number of organisations.

    `earlier` holds the tables by which organisations were refused, each time the others had to be
    compared anew without them.
    """

    comparisons: Sequence[Comparison] = ()
    peers: Mapping[int, Peers] = field(default_factory=dict)
    earlier: tuple[Tables, ...] = ()

    def with_comparisons(self, comparisons: Sequence[Comparison]) -> Tables:
        """Return these tables and further comparisons, which may build on those before."""
        return replace(self, comparisons=(*self.comparisons, *comparisons))

    def with_peers(self, peers: Mapping[int, Peers]) -> Tables:
        """Return these tables and the means of the peers."""
        return replace(self, peers=peers)

    def anew(self) -> Tables:
        """Return empty tables that remember who is refused by these."""
        return Tables(earlier=(*self.earlier, replace(self, earlier=())))
