"""Rows of an uploaded register to what they give; every flaw is noted with its row and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from evaluator.files.columns import Column
from evaluator.files.exact_cells import is_shortened
from evaluator.files.excel_reader import read_sheets
from evaluator.files.plans import check_known, check_needed
from evaluator.files.submissions import TableErrors, whole_file
from evaluator.files.tables import Cell, Row, Table
from evaluator.files.values import Read, value_reader
from evaluator.organisations.register_columns import NEEDED, RegisterColumns
from evaluator.organisations.values import plain
from evaluator.scoring.reading import Unreadable
from rules.syntax import Words

MISSING = Words("不能为空；请填写", "is empty; give it a value")


@dataclass
class GivenRow:
    """One row of the file: the values that were read, by key, None where empty."""

    table: Table
    number: int
    code: str
    values: dict[str, Cell] = field(default_factory=dict)
    attributes: dict[str, Cell] = field(default_factory=dict)
    wrong: bool = False

    @property
    def where(self) -> str:
        """Return where the row stands."""
        return self.table.place(self.number)

    def problem(self, key: str, words: Words) -> None:
        """Note what is wrong with a cell; a key that is no column is about the whole row."""
        self.wrong = True
        index = self.table.keys.index(key) if key in self.table.keys else None
        self.table.problem(self.number, index, words.zh, words.en)

    def gives(self, key: str) -> bool:
        """Return whether the file has the column, be its cell empty or not."""
        return key in self.values


class RegisterRows:
    """Reads the sheets of a workbook."""

    def __init__(self, path: Path, columns: RegisterColumns):
        self.columns = columns
        self.by_key = {column.key: column for column in columns.columns}
        self.tables = read_sheets(path, {})
        self.seen: dict[str, str] = {}
        self.readers: dict[tuple[str, str | None], Read | None] = {}
        if not self.tables:
            raise whole_file(
                path,
                "没有任何党组织；请至少填写一行",
                "holds no organisation; fill in at least one row",
            )

    def __iter__(self) -> Iterator[GivenRow]:
        for table in self.tables:
            if not table.keys:
                continue
            found = check_known(table, list(self.by_key))
            if check_needed(table, found, NEEDED):
                yield from self._rows(table, found)

    def _rows(self, table: Table, found: Mapping[str, int]) -> Iterator[GivenRow]:
        for number, row in table.rows:
            if any(cell is not None for cell in row):
                padded = (*row, *[None] * (len(table.keys) - len(row)))
                yield self._row(table, number, padded, found)

    def _row(self, table: Table, number: int, row: Row, found: Mapping[str, int]) -> GivenRow:
        code = row[found["id"]]
        given = GivenRow(table, number, "" if code is None else str(code))
        self._check_code(given)
        category = self._read(given, self.by_key["category"], row[found["category"]], None)
        for key, index in found.items():
            column = self.by_key.get(key)
            if column is not None and key not in NEEDED:
                values = given.attributes if column.role == "attribute" else given.values
                values[key] = self._read(given, column, row[index], str(category or ""))
        given.values["category"] = category
        return given

    def _check_code(self, given: GivenRow) -> None:
        code = given.code
        if not code:
            given.problem("id", MISSING)
        elif is_shortened(code):
            given.problem(
                "id",
                Words(
                    "编号超过15位，末尾数字已丢失；请把该列设为文本格式后重填",
                    "has more than 15 digits, of which the spreadsheet lost the last; format the "
                    "column as text and type it again",
                ),
            )
        elif code in self.seen:
            given.problem(
                "id",
                Words(
                    f"编号“{code}”与{self.seen[code]}重复；每个党组织只能有一行",
                    f'"{code}" stands already in {self.seen[code]}; remove one of the rows',
                ),
            )
        else:
            self.seen[code] = given.where

    def _read(self, given: GivenRow, column: Column, cell: Cell, category: str | None) -> Cell:
        if cell is None:
            return None
        read = self._reader(column, category)
        if column.role == "attribute" and read is None and self._is_of_others(column, category):
            given.problem(column.key, _of_others(column))
            return None
        try:
            return plain(cell if read is None else read(cell))
        except Unreadable as error:
            given.problem(column.key, Words(error.zh, error.en))
            return None

    def _reader(self, column: Column, category: str | None) -> Read | None:
        key = column.key, category
        if key not in self.readers:
            fact = self.columns.fact(column, category)
            self.readers[key] = value_reader(fact) if fact else None
        return self.readers[key]

    def _is_of_others(self, column: Column, category: str | None) -> bool:
        """Return whether other categories ask for an attribute and this one does not."""
        return column.fact is not None and self.columns.fact(column, category) is None

    def problems(self) -> TableErrors:
        """Return everything that is wrong, from the first row of the file to its last."""
        found = [sorted(table.problems, key=lambda each: each.row) for table in self.tables]
        return TableErrors(chain.from_iterable(found))


def _of_others(column: Column) -> Words:
    return Words(
        f"此行的类别没有“{column.label.zh}”；请清空此格",
        f'the category of this row has no "{column.key}"; clear the cell',
    )
