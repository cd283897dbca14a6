"""The organisations: columns drawn in bulk, and some of them as rows of raw facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.nation.facts import BY_NAME, FACTS, WORDS, Fact

SEED = 2026
THREADS = 2
Columns = Mapping[str, npt.NDArray[Any]]


def population(rows: int) -> dict[str, npt.NDArray[Any]]:
    """Return so many organisations, one column for each fact, the same ones each time."""
    seeds = np.random.SeedSequence(SEED).spawn(len(FACTS))
    with ThreadPoolExecutor(THREADS) as threads:
        drawn = threads.map(_draw, FACTS, seeds, [rows] * len(FACTS))
        return {fact.name: column for fact, column in zip(FACTS, drawn, strict=True)}


def _draw(fact: Fact, seed: np.random.SeedSequence, rows: int) -> npt.NDArray[Any]:
    generator = np.random.default_rng(seed)
    if fact.kind == "boolean":
        percent = generator.integers(0, 100, rows, dtype=np.int8)
        return (percent < fact.percent).astype(fact.dtype)
    return generator.integers(fact.first, fact.last + 1, rows, dtype=fact.dtype)


def head(columns: Columns, rows: int) -> dict[str, npt.NDArray[Any]]:
    """Return the first organisations, as copies of their own."""
    return {name: column[:rows].copy() for name, column in columns.items()}


def raw_rows(
    columns: Columns, decimal: type[str] | type[float] = str, scaled: bool = False
) -> Iterator[dict[str, Any]]:
    """Yield each organisation as raw facts: truths, words and numbers.

    Decimals are texts, as a file gives them, or floats for who reads JSON numbers alone; or
    multiplied by their scale.
    """
    names = list(columns)
    values = [_raw(BY_NAME[name], column) for name, column in columns.items()]
    if not scaled:
        for place, name in enumerate(names):
            values[place] = _decimals(BY_NAME[name], values[place], decimal)
    for row in zip(*values, strict=True):
        yield dict(zip(names, row, strict=True))


def _raw(fact: Fact, column: npt.NDArray[Any]) -> list[Any]:
    if fact.kind == "boolean":
        return [value != 0 for value in column.tolist()]
    if fact.kind == "choice":
        return [WORDS[value] for value in column.tolist()]
    return list(column.tolist())


def _decimals(fact: Fact, values: list[Any], decimal: type[str] | type[float]) -> list[Any]:
    if not fact.places:
        return values
    return [decimal(str(Decimal(value) / fact.scale)) for value in values]
