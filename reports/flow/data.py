"""What the flow picture shows; plain values, worked out by whoever asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Direction = Literal["falls", "rises", "stays", "other"]
"""`other` moves between two states of which none is a level."""


@dataclass(frozen=True)
class Row:
    """One state, the same on both sides: a level, or a reason for having none."""

    zh: str
    en: str


@dataclass(frozen=True)
class Band:
    """So many organisations moved from one row to another, or stayed."""

    start: int
    end: int
    count: int
    direction: Direction


@dataclass(frozen=True)
class Flow:
    """Rows from the top down, and the bands between their left and their right ends.

    `title` is what a reader without the picture is told that it shows.
    """

    title: str
    rows: tuple[Row, ...]
    bands: tuple[Band, ...]
    before: Row = Row("调整前", "Before")
    after: Row = Row("调整后", "After")

    @property
    def total(self) -> int:
        """Return how many organisations there are."""
        return sum(each.count for each in self.bands)

    def moved(self, direction: Direction) -> int:
        """Return how many moved in a direction."""
        return sum(each.count for each in self.bands if each.direction == direction)

    def at_start(self, row: int) -> int:
        """Return how many a row held before."""
        return sum(each.count for each in self.bands if each.start == row)

    def at_end(self, row: int) -> int:
        """Return how many a row holds after."""
        return sum(each.count for each in self.bands if each.end == row)
