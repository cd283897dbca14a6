"""What files of every kind are first read to: keys, and rows of plain cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from evaluator.files.submissions import TableProblem

Cell = object
Row = Sequence[Cell]
"""Cells are text, truth, a day, a list, or None where empty; numbers are text, never floats."""

KEY_ROWS = 10
"""The row of keys stands within the first rows of a table; labels may stand above it."""


@dataclass
class Table:
    """Rows under a row of keys. `category` is empty where a column tells it."""

    place: Callable[[int], str]
    """Says where a row stands, from its number."""
    keys: Sequence[str]
    key_row: int
    rows: Iterator[tuple[int, Row]]
    category: str = ""
    lettered: bool = False
    """Whether columns have letters, as those of a workbook."""
    problems: list[TableProblem] = field(default_factory=list)

    def column(self, index: int) -> str:
        """Return how a column is called: `H (minutes)` in a workbook, `minutes` elsewhere."""
        key = self.keys[index] if index < len(self.keys) else ""
        if not self.lettered:
            return key or str(index + 1)
        return f"{letters(index)} ({key})" if key else letters(index)

    def problem(self, row: int, index: int | None, zh: str, en: str) -> None:
        """Note what is wrong with a cell, or with a whole row."""
        column = "" if index is None else self.column(index)
        self.problems.append(TableProblem(self.place(row), column, zh, en, row))


def letters(index: int) -> str:
    """Return the letters of a column of a workbook, counted from 0."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def key_row_of(rows: Sequence[Row]) -> int | None:
    """Return the index of the row of keys, which holds `id`; nothing where there is none."""
    for number, row in enumerate(rows[:KEY_ROWS]):
        if any(isinstance(cell, str) and cell.strip() == "id" for cell in row):
            return number
    return None


def keys_of(row: Row) -> list[str]:
    """Return the keys of a row; empty cells have none, those at the end are dropped."""
    keys = ["" if cell is None else str(cell).strip() for cell in row]
    while keys and not keys[-1]:
        keys.pop()
    return keys
