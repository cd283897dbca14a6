"""CSV as Chinese offices write it: UTF-8 with or without a mark, or GB18030."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from evaluator.files.safe_cells import original_text
from evaluator.files.submissions import TableErrors, TableProblem, whole_file
from evaluator.files.tables import KEY_ROWS, Row, Table, key_row_of, keys_of

Numbered = tuple[int, Row]
ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in this order."""
MOST_IN_CELL = 10_000_000  # a year's events of one organisation as JSON


def read_csv(path: Path) -> Table:
    """Return the table of a CSV file; raises TableErrors where it is none."""
    return table_of(path, records(io.StringIO(_text(path), newline=""), path))


def table_of(path: Path, rows: Iterator[Numbered]) -> Table:
    """Return the table of these records; raises TableErrors where none of them holds keys."""
    start: list[Numbered] = list(islice(rows, KEY_ROWS))
    found = key_row_of([row for _, row in start])
    if found is None:
        raise whole_file(
            path,
            "前10行中没有含“id”的标题行；请照模板保留该行",
            'no row of keys with "id" within the first 10 lines; keep that row as in the template',
        )
    return Table(
        place=lambda line: f"{path.name} line {line}",
        keys=keys_of(start[found][1]),
        key_row=start[found][0],
        rows=_after(start[found + 1 :], rows),
    )


def _after(start: list[Numbered], rows: Iterator[Numbered]) -> Iterator[Numbered]:
    yield from start
    yield from rows


def _text(path: Path) -> str:
    content = path.read_bytes()
    if b"\0" in content:
        raise no_text(path)
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise no_encoding(path)


def no_text(path: Path) -> TableErrors:
    """Return the error of a file with bytes that no text has."""
    return whole_file(
        path,
        "不是文本文件（或为UTF-16编码）；请另存为“CSV UTF-8”",
        'is no text in UTF-8 or GB18030; save it as "CSV UTF-8"',
    )


def no_encoding(path: Path) -> TableErrors:
    """Return the error of a file in an unknown encoding."""
    return whole_file(
        path,
        "编码既不是UTF-8也不是GB18030；请另存为“CSV UTF-8”",
        'is neither UTF-8 nor GB18030; save it as "CSV UTF-8"',
    )


def records(lines: Iterable[str], path: Path, first: int = 1) -> Iterator[Numbered]:
    """Yield each record with the line on which it begins; empty cells become None.

    Lines keep their ends; `first` is the number of the first one. Raises TableErrors where quotes
    or commas are wrong.
    """
    csv.field_size_limit(MOST_IN_CELL)
    reader = csv.reader(lines, strict=True)
    line = first
    try:
        for record in reader:
            yield line, [original_text(cell.strip()) if cell.strip() else None for cell in record]
            line = first + reader.line_num
    except csv.Error as error:
        raise TableErrors(
            [
                TableProblem(
                    f"{path.name} line {line}",
                    "",
                    "引号或逗号有误，无法继续读取；请重新保存",
                    f"quotes or commas are wrong ({error}); save it again from a spreadsheet",
                )
            ]
        ) from None
