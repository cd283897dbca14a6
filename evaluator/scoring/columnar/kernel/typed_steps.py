"""A plan as typed steps: what is worked out, one array operation after the other, and how wide.

A step is as narrow as its arguments and its result allow. Sums alone may wrap on the way: adding,
subtracting and multiplying are exact modulo 2^bits, so that a sum whose value fits is right
whatever its parts came to. Comparing, bounding and dividing are always done on values that fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from evaluator.scoring.columnar.arrays import bytes_for
from evaluator.scoring.columnar.kernel.terms import Atom, Linear, post_order

StepOp = Literal[
    "const", "slot", "cast", "add", "sub", "mul", "min", "max", "div", "lt", "ge", "eq", "ne",
    "and", "or", "not",
]  # fmt: skip


@dataclass(frozen=True, eq=False, slots=True)
class Step:
    """One operation on arrays of `size` bytes an element, whose result has `result` bytes.

    `value` holds a constant or the index of a slot; for a division, how many bits the highest
    quotient has, 0 where something negative may be divided.
    """

    op: StepOp
    args: tuple[Step, ...]
    size: int
    result: int
    value: int = 0


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a sum: a step that is added or taken off, and what it may come to."""

    sign: int
    step: Step
    low: int
    high: int

    def size(self, most: int) -> int:
        return min(self.step.result, most)


def lowered(values: Sequence[Linear], sizes: Sequence[int], slots: dict[int, int]) -> list[Step]:
    """Return for each value the step that makes it, with so many bytes; values are pinned.

    `slots` tells how many bytes an element of each slot has.
    """
    making = _Lowering(slots)
    for atom in post_order([atom for value in values for atom in value.terms]):
        making.made[atom] = making.step_of(atom)
    return [making.whole(value, size) for value, size in zip(values, sizes, strict=True)]


class _Lowering:
    def __init__(self, slots: dict[int, int]):
        self.slots = slots
        self.made: dict[Atom, Step] = {}
        self.casts: dict[tuple[Step, int], Step] = {}

    def step_of(self, atom: Atom) -> Step:
        if atom.op == "const":
            return Step("const", (), 8, 8, atom.value)
        if atom.op == "slot":
            size = self.slots[atom.value]
            return Step("slot", (), size, size, atom.value)
        if atom.op == "sum":
            return self.sum_of(atom)
        if atom.op in ("and", "or", "not"):
            return self.applied(atom.op, atom.args, 1, 1)
        if atom.op == "gate":
            return self.applied("mul", atom.args, _size(atom, atom.args[1]))
        if atom.op in ("lt", "ge", "eq", "ne"):
            return self.applied(atom.op, atom.args, _size(*atom.args), 1)
        is_quotient = atom.op == "div" and atom.args[0].low >= 0
        bits = atom.high.bit_length() if is_quotient else 0
        return self.applied(atom.op, atom.args, _size(atom, *atom.args), value=bits)

    def applied(
        self, op: StepOp, args: Iterable[Atom], size: int, result: int = 0, value: int = 0
    ) -> Step:
        steps = tuple(self.cast(self.made[each], size) for each in args)
        return Step(op, steps, size, result or size, value)

    def cast(self, step: Step, size: int) -> Step:
        """Return a step's value with so many bytes, wrapped where it needs more."""
        if step.op == "const":
            return Step("const", (), size, size, wrapped(step.value, size))
        if step.result == size:
            return step
        if (step, size) not in self.casts:
            self.casts[step, size] = Step("cast", (step,), step.result, size)
        return self.casts[step, size]

    def whole(self, value: Linear, size: int) -> Step:
        """Return the step of a wanted value, with its factor and offset."""
        if value.is_const:
            return _constant(value.offset, size)
        ((atom, factor),) = value.terms.items()
        step = self.cast(self.made[atom], size)
        if factor not in (1, -1):
            step = Step("mul", (step, _constant(factor, size)), size, size)
            factor = 1
        return _with_offset(step, factor, value.offset, size)

    def sum_of(self, atom: Atom) -> Step:
        """Add terms of equal factors up before they are multiplied, the narrow ones first."""
        most = bytes_for(atom.low, atom.high)
        groups: dict[int, list[_Part]] = {}
        for factor, each in zip(atom.factors, atom.args, strict=True):
            part = _Part(1 if factor > 0 else -1, self.made[each], each.low, each.high)
            groups.setdefault(abs(factor), []).append(part)
        parts = [
            self.multiplied(self.added(parts, most), factor, most)
            for factor, parts in sorted(groups.items())
        ]
        whole = self.added(parts, most)
        return _with_offset(self.cast(whole.step, most), whole.sign, atom.value, most)

    def multiplied(self, part: _Part, factor: int, most: int) -> _Part:
        if factor == 1:
            return part
        low, high = part.low * factor, part.high * factor
        size = _capped(low, high, most)
        step = Step("mul", (self.cast(part.step, size), _constant(factor, size)), size, size)
        return _Part(part.sign, step, low, high)

    def added(self, parts: list[_Part], most: int) -> _Part:
        """Add parts up; as long as possible nothing is joined that would make an array wider."""
        while len(parts) > 1:
            parts = sorted(parts, key=lambda each: each.size(most))
            joined = parts[:1]
            for part in parts[1:]:
                size = _joint(joined[-1], part, most)
                if size <= max(joined[-1].size(most), part.size(most)):
                    joined[-1] = self.joined(joined[-1], part, size)
                else:
                    joined.append(part)
            if len(joined) == len(parts):
                joined[:2] = [self.joined(joined[0], joined[1], _joint(joined[0], joined[1], most))]
            parts = joined
        return parts[0]

    def joined(self, a: _Part, b: _Part, size: int) -> _Part:
        if a.sign < b.sign:
            a, b = b, a
        op: StepOp = "add" if a.sign == b.sign else "sub"
        step = Step(op, (self.cast(a.step, size), self.cast(b.step, size)), size, size)
        return _Part(a.sign, step, *_joint_bounds(a, b))


def _joint_bounds(a: _Part, b: _Part) -> tuple[int, int]:
    """Return the bounds of two parts together, under the sign of the one that is added."""
    if a.sign == b.sign:
        return a.low + b.low, a.high + b.high
    plus, minus = (a, b) if a.sign > b.sign else (b, a)
    return plus.low - minus.high, plus.high - minus.low


def _joint(a: _Part, b: _Part, most: int) -> int:
    needed = _capped(*_joint_bounds(a, b), most)
    return max(needed, min(a.size(most), b.size(most)))


def _with_offset(step: Step, sign: int, offset: int, size: int) -> Step:
    if sign < 0:
        return Step("sub", (_constant(offset, size), step), size, size)
    return Step("add", (step, _constant(offset, size)), size, size) if offset else step


def _constant(value: int, size: int) -> Step:
    return Step("const", (), size, size, wrapped(value, size))


def wrapped(value: int, size: int) -> int:
    """Return a constant modulo 2^bits as the signed number of so many bytes."""
    half = 1 << (8 * size - 1)
    return (value + half) % (2 * half) - half


def _size(*atoms: Atom) -> int:
    return bytes_for(min(each.low for each in atoms), max(each.high for each in atoms))


def _capped(low: int, high: int, most: int) -> int:
    half = 1 << (8 * most - 1)
    return most if low < -half or high >= half else bytes_for(low, high)
