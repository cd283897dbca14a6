"""Serial numbers and tokens of certificates, counted over all parts of a round."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from evaluator.results.rows import TOKEN_BYTES, series_of
from evaluator.scale.result_tables import Certified, taken
from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.round import Category

_BASE_32 = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", np.uint8)
_TOKEN_LETTERS = TOKEN_BYTES * 8 // 5


@dataclass(frozen=True)
class Holders:
    """The ids of those of one category in one part who are given a certificate."""

    category: Category
    ids: pa.Array


def numbered(parts: Sequence[Holders]) -> list[Array]:
    """Return for each part the number of each holder in its series, counted from 1.

    Categories may share the letters of a serial number: they are counted together, in the order
    of the organisations' ids, then of their categories.
    """
    sizes = [len(each.ids) for each in parts]
    numbers = np.zeros(sum(sizes), np.int32)
    series = [series_of(each.category.rule_set) for each in parts]
    codes = np.repeat([series.index(each) for each in series], sizes)
    order = _order(parts, sizes)
    for code in set(codes.tolist()):
        mine = order[codes[order] == code]
        numbers[mine] = np.arange(1, len(mine) + 1)
    return np.split(numbers, np.cumsum(sizes)[:-1])


def _order(parts: Sequence[Holders], sizes: Sequence[int]) -> Array:
    """Return the places of all holders by their ids, then by the names of their categories."""
    names = [each.category.rule_set.category for each in parts]
    ranks = [sorted(names).index(name) for name in names]
    table = pa.table(
        {
            "id": pa.chunked_array([each.ids for each in parts], pa.string()),
            "category": np.repeat(np.array(ranks, np.int16), sizes),
        }
    )
    keys = [("id", "ascending"), ("category", "ascending")]
    order: Array = pc.sort_indices(table, sort_keys=keys).to_numpy()
    return order


def certified(
    category: Category, who: Bools, ids: pa.Array, final: Array, numbers: Array
) -> Certified:
    """Return the certificates of one category in one part; `numbers` are those of its holders."""
    counted = pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), width=4, padding="0")
    serials = pc.binary_join_element_wise(series_of(category.rule_set), counted, "-")
    levels = taken([each.id for each in category.levels.levels], final[who])
    digest = pa.scalar(category.scorer.program.digest)
    # These are the parts of which `token_of` makes the token of a single organisation.
    told = pc.binary_join_element_wise(digest, ids.filter(pa.array(who)), levels, serials, "\n")
    return Certified(_spread(who, serials), _spread(who, _tokens(told)))


def _tokens(told: pa.Array) -> pa.Array:
    """Return the token for each text; a digest has to be made one by one, letters have not."""
    sha256 = hashlib.sha256
    texts = told.cast(pa.binary()).to_pylist()
    digests = b"".join([sha256(each).digest()[:TOKEN_BYTES] for each in texts])
    return pa.Array.from_buffers(
        pa.string(), len(told), [None, *map(pa.py_buffer, _base_32(digests, len(told)))]
    )


def _base_32(digests: bytes, size: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
    """Return where the letters of each digest begin, and the letters of all, 5 bits each."""
    bits = np.unpackbits(np.frombuffer(digests, np.uint8)).reshape(-1, 5)
    letters = _BASE_32[np.packbits(bits, axis=1)[:, 0] >> 3]
    return _TOKEN_LETTERS * np.arange(size + 1, dtype=np.int32), letters


def _spread(who: Bools, texts: pa.Array) -> pa.Array:
    """Return the texts of those who have one, empty for all others."""
    place = np.where(who, np.cumsum(who), 0)
    return pa.concat_arrays([pa.array([""]), texts]).take(pa.array(place))
