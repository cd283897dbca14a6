"""A schedule run by NumPy: arrays of few rows that stay in the cache, and nothing allocated."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from evaluator.scoring.columnar.arrays import SIGNED, Array
from evaluator.scoring.columnar.kernel.blocks import LINE, Block, pieces
from evaluator.scoring.columnar.kernel.registers import Move, Place, Schedule

Operation = Callable[..., Any]
_Instruction = tuple[Operation, int, int, int]


def _cast(source: Array, _: object, out: Array) -> None:
    np.copyto(out, source, casting="unsafe")


_OPERATIONS: dict[str, Operation] = {
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "min": np.minimum,
    "max": np.maximum,
    "div": np.floor_divide,
    "lt": np.less,
    "ge": np.greater_equal,
    "eq": np.equal,
    "ne": np.not_equal,
    "and": np.bitwise_and,
    "or": np.bitwise_or,
    "not": np.bitwise_xor,
    "cast": _cast,
}
_FIXED = ("const", "line")
_COMPARISONS = ("lt", "ge", "eq", "ne")
_Key = tuple[str, int, int]
"""What an array is (slot, wanted, buffer, const, line or truths of one), which, and how wide."""


class NumpyKernel:
    """Instructions on numbered arrays; `worker` makes what one thread needs to follow them."""

    def __init__(self, schedule: Schedule):
        self.numbers: dict[_Key, int] = {}
        self.buffers = schedule.buffers
        self.instructions = [self._instruction(move) for move in schedule.moves]
        self.constants = {
            number: _constant(*key) for key, number in self.numbers.items() if key[0] in _FIXED
        }

    def _instruction(self, move: Move) -> _Instruction:
        op = move.step.op
        sources = list(move.sources)
        if op == "not":
            sources.append(Place("const", 1, 1))
        numbers = [self._number(each, op in ("min", "max")) for each in sources]
        target = self._number(move.target, truths=op in _COMPARISONS)
        return _OPERATIONS[op], numbers[0], numbers[-1], target

    def _number(self, place: Place, bounding: bool = False, truths: bool = False) -> int:
        kind = "line" if bounding and place.kind == "const" else place.kind
        key = (f"{kind} truths" if truths else kind, place.number, place.size)
        return self.numbers.setdefault(key, len(self.numbers))

    def worker(self, slots: Mapping[int, Array], wanted: Sequence[Array], block: int) -> Block:
        """Return what works out a block of rows, with arrays of its own for `block` rows."""
        return _Worker(self, slots, wanted, block).run


def _constant(kind: str, value: int, size: int) -> Array:
    """Return a constant; NumPy bounds by an array, not by a number, with vector instructions."""
    return np.full(LINE if kind == "line" else (), value, SIGNED[size])


class _Worker:
    def __init__(
        self, kernel: NumpyKernel, slots: Mapping[int, Array], wanted: Sequence[Array], block: int
    ):
        self.kernel = kernel
        self.buffers = [np.empty(block, SIGNED[size]) for size in kernel.buffers]
        self.moving: list[tuple[int, Array]] = []
        for (kind, which, _), number in kernel.numbers.items():
            if kind == "slot":
                self.moving.append((number, slots[which]))
            elif kind.startswith("wanted"):
                self.moving.append((number, _viewed(wanted[which], kind)))
        self.arrays: dict[int, list[Any]] = {}

    def run(self, start: int, stop: int) -> None:
        for first, last in pieces(start, stop):
            self.piece(first, last)

    def piece(self, first: int, last: int) -> None:
        rows = last - first
        if rows not in self.arrays:
            self.arrays[rows] = self.fixed(rows)
        arrays, shape = self.arrays[rows], _shape(rows)
        for number, array in self.moving:
            arrays[number] = array[first:last].reshape(shape)
        for operation, left, right, target in self.kernel.instructions:
            operation(arrays[left], arrays[right], out=arrays[target])

    def fixed(self, rows: int) -> list[Any]:
        """Return the arrays for so many rows, all but those that move on with the block."""
        arrays: list[Any] = [None] * len(self.kernel.numbers)
        for (kind, which, _), number in self.kernel.numbers.items():
            if kind in _FIXED:
                constant = self.kernel.constants[number]
                arrays[number] = constant[:rows] if constant.ndim else constant
            elif kind.startswith("buffer"):
                arrays[number] = _viewed(self.buffers[which][:rows].reshape(_shape(rows)), kind)
        return arrays


def _shape(rows: int) -> tuple[int, ...]:
    """Return the shape of a block: lines that are each as long as a constant array."""
    return (rows // LINE, LINE) if rows > LINE else (rows,)


def _viewed(array: Array, kind: str) -> Any:
    return array.view(np.bool_) if kind.endswith("truths") else array
