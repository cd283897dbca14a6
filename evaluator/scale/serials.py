"""Serial numbers and tokens of certificates, counted over all parts of a round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evaluator.results.rows import series_of, token_of
from evaluator.scale.result_tables import Certified
from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.round import Category


@dataclass(frozen=True)
class Holders:
    """Who of one category in one part is given a certificate; `levels` are theirs, by index."""

    category: Category
    who: Bools
    ids: pa.Array
    levels: Array


def holders_of(category: Category, who: Bools, ids: pa.Array, final: Array) -> Holders:
    """Return the holders among the organisations of a part."""
    return Holders(category, who, ids.filter(pa.array(who)), final[who])


def certified(parts: Sequence[Holders]) -> list[Certified]:
    """Return serial numbers and tokens for each part.

    Categories may share the letters of a serial number: they are counted together, in the order
    of the organisations' ids, then of their categories.
    """
    numbers = np.split(_numbers(parts), np.cumsum([len(each.ids) for each in parts])[:-1])
    return [_certified(each, mine) for each, mine in zip(parts, numbers, strict=True)]


def _numbers(parts: Sequence[Holders]) -> Array:
    """Return the number of each holder in its series, counted from 1."""
    table = pa.table(
        {
            "id": pa.chunked_array([each.ids for each in parts], pa.string()),
            "category": _of_each(parts, [each.category.rule_set.category for each in parts]),
        }
    )
    keys = [("id", "ascending"), ("category", "ascending")]
    order = pc.sort_indices(table, sort_keys=keys).to_numpy()
    series = [series_of(each.category.rule_set) for each in parts]
    codes = np.repeat([series.index(each) for each in series], [len(each.ids) for each in parts])
    numbers = np.zeros(len(order), np.int64)
    for code in set(codes.tolist()):
        mine = order[codes[order] == code]
        numbers[mine] = np.arange(1, len(mine) + 1)
    return numbers


def _of_each(parts: Sequence[Holders], words: Sequence[str]) -> pa.ChunkedArray:
    repeated = [
        pa.repeat(pa.scalar(word, pa.string()), len(each.ids))
        for each, word in zip(parts, words, strict=True)
    ]
    return pa.chunked_array(repeated, pa.string())


def _certified(part: Holders, numbers: Array) -> Certified:
    counted = pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), width=4, padding="0")
    serials = pc.binary_join_element_wise(series_of(part.category.rule_set), counted, "-")
    return Certified(_spread(part.who, serials), _spread(part.who, _tokens(part, serials)))


def _tokens(part: Holders, serials: pa.Array) -> pa.Array:
    """Return the token of each certificate: a digest has to be made one by one."""
    digest = part.category.scorer.program.digest
    levels = [each.id for each in part.category.levels.levels]
    holders = zip(part.ids.to_pylist(), part.levels.tolist(), serials.to_pylist(), strict=True)
    return pa.array(
        [token_of(digest, who, levels[level], serial) for who, level, serial in holders],
        pa.string(),
    )


def _spread(who: Bools, texts: pa.Array) -> pa.Array:
    """Return the texts of those who have one, empty for all others."""
    place = np.where(who, np.cumsum(who), 0)
    return pa.concat_arrays([pa.array([""]), texts]).take(pa.array(place))
