"""Tables for spreadsheets: CSV in which no text is run as a formula."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from evaluator.files.safe_cells import safe_cell
from evaluator.results.whole_file import whole_file

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""Without it Excel takes the file for one in the code page of the system."""


def write_csv(table: pa.Table, path: Path) -> None:
    """Write a table, complete or not at all."""
    columns = {
        name: _safe(table.column(name)) if pa.types.is_string(kind) else table.column(name)
        for name, kind in zip(table.schema.names, table.schema.types, strict=True)
    }
    with whole_file(path) as partial, partial.open("wb") as file:
        file.write(_BYTE_ORDER_MARK)
        csv.write_csv(pa.table(columns), file)


def _safe(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return texts as `safe_cell` makes them; each text that occurs is looked at once."""
    coded = pc.dictionary_encode(texts.combine_chunks())
    words = coded.dictionary.to_pylist()
    return pa.array(map(safe_cell, words), pa.string()).take(coded.indices)
