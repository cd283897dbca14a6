"""What the passes over a round do with each part: small, and sent anywhere."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from evaluator.scoring.columnar.columns import Columns
from evaluator.scoring.columnar.tables import Checked, Tables
from evaluator.scoring.columnar.tallies import Tally

if TYPE_CHECKING:
    from evaluator.scoring.columnar.engine import Engine

Found = TypeVar("Found")


class EachPart(Protocol):
    """Does some work with every part of a round, here or elsewhere; returns what each came to."""

    def __call__(self, work: Callable[[Engine, Columns], Found]) -> Sequence[Found]:
        """Return what the work makes of each part, in the order of the parts."""
        ...


class Work(Protocol):
    """What one pass does with each part."""

    def __call__(self, engine: Engine, columns: Columns) -> Any:
        """Return what a part comes to."""
        ...


Passes = Generator[Work, Sequence[Any], Tables]
"""Yields works, is sent what each made of the parts, and returns the tables."""


@dataclass(frozen=True)
class Tallying:
    """Looks at what one layer of comparisons compares."""

    layer: int
    tables: Tables

    def __call__(self, engine: Engine, columns: Columns) -> list[Tally]:
        """Return the tallies of a part."""
        return engine.tallies(columns, self.tables, self.layer)


@dataclass(frozen=True)
class Checking:
    """Looks for refused facts and for the peers' points."""

    tables: Tables

    def __call__(self, engine: Engine, columns: Columns) -> Checked:
        """Return the sums of a part."""
        return engine.check(columns, self.tables)
