"""Expressions in integer form, run over columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from evaluator.scoring.columnar.arrays import Array, narrow
from rules.integers import Int, in_order

Slots = Sequence[Array | None]


class Kernel:
    """Works expressions out for any number of organisations at once; made once, run often.

    `definitions` holds the outputs of a program, to which expressions refer by number; `known`
    holds slots that have one value for every organisation, such as the bit of a fact that nobody
    lacks, so that whatever follows from them is left out.
    """

    def __init__(
        self,
        definitions: Sequence[Int],
        wanted: Sequence[Int],
        known: Mapping[int, int] | None = None,
    ):
        self.definitions = definitions
        self.wanted = wanted
        self.known = known or {}

    def run(self, slots: Slots, size: int) -> list[Array]:
        """Return one new array for each wanted expression, of `narrow(low, high)`."""
        found: dict[int, Array] = {}
        outputs: dict[int, Array] = {}

        def value(root: Int) -> Array:
            for node in in_order(root):
                if id(node) not in found:
                    found[id(node)] = operate(node)
            return found[id(root)]

        def operate(node: Int) -> Array:
            if node.op == "const":
                return np.full(size, node.value, np.int64)
            if node.op == "slot":
                if node.value in self.known:
                    return np.full(size, self.known[node.value], np.int64)
                array = slots[node.value]
                assert array is not None  # noqa: S101
                return array.astype(np.int64)
            if node.op == "output":
                if node.value not in outputs:
                    outputs[node.value] = value(self.definitions[node.value])
                return outputs[node.value]
            return _RUN[node.op](*(found[id(each)] for each in node.args)).astype(np.int64)

        return [value(each).astype(narrow(each.low, each.high)) for each in self.wanted]


_RUN = {
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "floordiv": np.floor_divide,
    "min": np.minimum,
    "max": np.maximum,
    "eq": np.equal,
    "lt": np.less,
    "le": np.less_equal,
    "and": np.logical_and,
    "or": np.logical_or,
    "not": np.logical_not,
    "where": lambda condition, a, b: np.where(condition != 0, a, b),
}
