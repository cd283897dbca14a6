"""Which values of facts are worth trying: those around which some comparison changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rules.integers import Int, in_order

_COMPARISONS = ("eq", "lt", "le")


@dataclass(frozen=True)
class Line:
    """A value that grows evenly with one slot: `slope` for each step, from `start` at 0."""

    slot: int | None
    slope: int
    start: int


def values_to_try(
    bits: Sequence[Int], range_of: Callable[[int], range]
) -> dict[int, Sequence[int]]:
    """Return values of each slot between which no condition can change.

    Where a slot is only compared, these are its bounds and each value that it is compared with,
    with its neighbours; where it is computed with in another way, all of its values.
    """
    cuts, whole = _cuts(bits)
    found: dict[int, Sequence[int]] = {}
    for index in sorted({*cuts, *whole}):
        allowed = range_of(index)
        near = {cut + step for cut in cuts.get(index, ()) for step in (-1, 0, 1)}
        ends = {allowed[0], allowed[-1]}
        found[index] = (
            allowed if index in whole else sorted(ends | set(filter(allowed.__contains__, near)))
        )
    return found


def _cuts(bits: Sequence[Int]) -> tuple[dict[int, set[int]], set[int]]:
    """Return where comparisons of a slot change, and the slots that are not only compared."""
    lines = _lines(bits)
    cuts: dict[int, set[int]] = {}
    whole: set[int] = set()
    waiting, seen = list(bits), set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        line = _joined(node.args, lines, -1) if node.op in _COMPARISONS else None
        if node.op == "slot":
            whole.add(node.value)
        elif line is None:
            waiting += node.args
        elif line.slot is not None:
            at = -line.start // line.slope if line.slope else 0
            cuts.setdefault(line.slot, set()).add(at)
    return cuts, whole


def _lines(bits: Sequence[Int]) -> dict[int, Line]:
    """Return every node that is a line."""
    lines: dict[int, Line] = {}
    seen: set[int] = set()
    for bit in bits:
        for node in in_order(bit, seen):
            line = _line(node, lines)
            if line:
                lines[id(node)] = line
    return lines


def _line(node: Int, lines: dict[int, Line]) -> Line | None:
    if node.op == "const":
        return Line(None, 0, node.value)
    if node.op == "slot":
        return Line(node.value, 1, 0)
    if node.op in ("add", "sub"):
        return _joined(node.args, lines, 1 if node.op == "add" else -1)
    if node.op == "mul":
        return _scaled(node.args, lines)
    return None


def _joined(args: tuple[Int, ...], lines: dict[int, Line], sign: int) -> Line | None:
    """Return the sum, or the difference, of two values that read no more than one slot."""
    left, right = (lines.get(id(each)) for each in args)
    if left is None or right is None:
        return None
    slots = {left.slot, right.slot} - {None}
    if len(slots) > 1:
        return None
    slope, start = left.slope + sign * right.slope, left.start + sign * right.start
    return Line(next(iter(slots), None), slope, start)


def _scaled(args: tuple[Int, ...], lines: dict[int, Line]) -> Line | None:
    left, right = (lines.get(id(each)) for each in args)
    if left is None or right is None:
        return None
    if left.slot is not None and right.slot is not None:
        return None
    line, times = (left, right.start) if right.slot is None else (right, left.start)
    return Line(line.slot, line.slope * times, line.start * times)
