"""The batches of a partition joined to pieces that are worth working on, and no larger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

ROWS = 1 << 17
"""A kernel works so many organisations out on the core that it is on; a task has one core."""


def in_pieces(batches: Iterable[pa.RecordBatch], rows: int = ROWS) -> Iterator[pa.Table]:
    """Yield tables of so many rows, the last one shorter; nothing where there is no row."""
    kept: list[pa.RecordBatch] = []
    size = 0
    for batch in batches:
        start = 0
        while size + batch.num_rows - start >= rows:
            end = start + rows - size
            yield pa.Table.from_batches([*kept, batch.slice(start, end - start)])
            kept, size, start = [], 0, end
        if start < batch.num_rows:
            kept.append(batch.slice(start))
            size += batch.num_rows - start
    if kept:
        yield pa.Table.from_batches(kept)
