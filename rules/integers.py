"""The integer form: expressions over whole numbers whose ranges are known before any data is seen.

A rule set is lowered once to this form; the Python and the columnar engine both run it, so they
agree to the last digit. Every expression carries the lowest and highest value it can take, worked
out from the declared bounds of the facts. Whatever could leave 63 bits is refused, which leaves
one bit to round half up as `(2*a + b) // (2*b)`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import gcd
from typing import Literal, Protocol, Self, TypeVar

LIMIT = 2**62

Op = Literal[
    "const",
    "slot",
    "output",
    "add",
    "sub",
    "mul",
    "floordiv",
    "min",
    "max",
    "eq",
    "lt",
    "le",
    "and",
    "or",
    "not",
    "where",
]


class MayOverflow(Exception):
    """An expression may leave the range of 63 bits."""

    def __init__(self, low: int, high: int):
        super().__init__(f"values from {low} to {high}")


@dataclass(frozen=True, eq=False, slots=True)
class Int:
    """One operation on whole numbers; `low` and `high` bound its value, both included.

    `value` holds a constant, the index of a slot, or the index of an output; `divisor` surely
    divides every value, which saves needless rounding, and is 0 where the value is always 0.
    """

    op: Op
    args: tuple[Int, ...]
    value: int
    low: int
    high: int
    divisor: int = 1

    @property
    def is_const(self) -> bool:
        """Whether the value is the same for every organisation."""
        return self.low == self.high


def const(value: int) -> Int:
    """Return a constant."""
    return _made("const", (), value, value, value)


def slot(index: int, low: int, high: int) -> Int:
    """Return the value of an input slot."""
    return _made("slot", (), index, low, high)


def output(index: int, low: int, high: int) -> Int:
    """Return the value of an output that was worked out before."""
    return Int("output", (), index, low, high)


def _made(op: Op, args: tuple[Int, ...], value: int, low: int, high: int) -> Int:
    if low < -LIMIT or high > LIMIT:
        raise MayOverflow(low, high)
    if args and low == high:
        return const(low)
    return Int(op, args, value, low, high, _divisor(op, args, value))


def _divisor(op: Op, args: tuple[Int, ...], value: int) -> int:
    """Work out the divisor from those of the arguments, once for each node."""
    if op == "const":
        return abs(value)
    if op == "mul":
        return args[0].divisor * args[1].divisor
    if op in ("add", "sub", "min", "max", "where"):
        return gcd(args[-2].divisor, args[-1].divisor)
    return 1


def add(a: Int, b: Int) -> Int:
    """Return a + b."""
    if a.is_const and a.low == 0:
        return b
    if b.is_const and b.low == 0:
        return a
    return _made("add", (a, b), 0, a.low + b.low, a.high + b.high)


def sub(a: Int, b: Int) -> Int:
    """Return a − b."""
    if b.is_const and b.low == 0:
        return a
    return _made("sub", (a, b), 0, a.low - b.high, a.high - b.low)


def mul(a: Int, b: Int) -> Int:
    """Return a × b."""
    if a.is_const and a.low == 1:
        return b
    if b.is_const and b.low == 1:
        return a
    corners = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    return _made("mul", (a, b), 0, min(corners), max(corners))


def floordiv(a: Int, b: Int) -> Int:
    """Return a / b rounded down; b must be known to be positive."""
    if b.low < 1:
        raise ZeroDivisionError
    if b.is_const and b.low == 1:
        return a
    corners = [x // y for x in (a.low, a.high) for y in (b.low, b.high)]
    return _made("floordiv", (a, b), 0, min(corners), max(corners))


def minimum(a: Int, b: Int) -> Int:
    """Return the lower of two values."""
    if a.high <= b.low:
        return a
    if b.high <= a.low:
        return b
    return _made("min", (a, b), 0, min(a.low, b.low), min(a.high, b.high))


def maximum(a: Int, b: Int) -> Int:
    """Return the higher of two values."""
    if a.low >= b.high:
        return a
    if b.low >= a.high:
        return b
    return _made("max", (a, b), 0, max(a.low, b.low), max(a.high, b.high))


def clamp(a: Int, low: int, high: int) -> Int:
    """Return a, kept between two constants."""
    return minimum(maximum(a, const(low)), const(high))


def equal(a: Int, b: Int) -> Int:
    """Return 1 where a = b, else 0."""
    apart = a.high < b.low or b.high < a.low
    same = a.is_const and b.is_const and a.low == b.low
    return _made("eq", (a, b), 0, int(same), int(not apart))


def less(a: Int, b: Int) -> Int:
    """Return 1 where a < b, else 0."""
    return _made("lt", (a, b), 0, int(a.high < b.low), int(a.low < b.high))


def at_most(a: Int, b: Int) -> Int:
    """Return 1 where a ≤ b, else 0."""
    return _made("le", (a, b), 0, int(a.high <= b.low), int(a.low <= b.high))


def both(a: Int, b: Int) -> Int:
    """Return 1 where both hold, else 0."""
    if a.is_const:
        return b if a.low else a
    if b.is_const:
        return a if b.low else b
    return _made("and", (a, b), 0, 0, 1)


def either(a: Int, b: Int) -> Int:
    """Return 1 where one of them holds, else 0."""
    if a.is_const:
        return a if a.low else b
    if b.is_const:
        return b if b.low else a
    return _made("or", (a, b), 0, 0, 1)


def negated(a: Int) -> Int:
    """Return 1 where a is 0, else 0."""
    return _made("not", (a,), 0, 1 - a.high, 1 - a.low)


def where(condition: Int, a: Int, b: Int) -> Int:
    """Return a where the condition holds, else b."""
    if condition.is_const:
        return a if condition.low else b
    if a is b:
        return a
    if a.is_const and b.is_const and (a.low, b.low) == (1, 0):
        return condition
    return _made("where", (condition, a, b), 0, min(a.low, b.low), max(a.high, b.high))


def any_of(conditions: list[Int]) -> Int:
    """Return 1 where at least one holds; 0 for none at all."""
    found = const(0)
    for each in conditions:
        found = either(found, each)
    return found


class Nested(Protocol):
    """What has arguments of its own kind."""

    @property
    def args(self) -> tuple[Self, ...]:
        """Return the arguments."""


Node = TypeVar("Node", bound=Nested)


def in_order(root: Node, seen: set[int] | None = None) -> Iterator[Node]:
    """Yield every node below a root and the root, arguments first, each once; `seen` grows.

    Nodes are shared and may be nested thousands deep, so that nothing here calls itself.
    """
    seen = set() if seen is None else seen
    waiting = [root]
    while waiting:
        node = waiting[-1]
        missing = [each for each in reversed(node.args) if id(each) not in seen]
        if missing and id(node) not in seen:
            waiting += missing
            continue
        waiting.pop()
        if id(node) not in seen:
            seen.add(id(node))
            yield node


def slots_of(node: Int) -> frozenset[int]:
    """Return the input slots that an expression reads."""
    return frozenset(each.value for each in in_order(node) if each.op == "slot")


def value_of(node: Int, slots: Mapping[int, int]) -> int:
    """Return the value of an expression without outputs; slow, for checks and tests alone."""
    found: dict[int, int] = {}
    for each in in_order(node):
        if each.op == "const":
            found[id(each)] = each.value
        elif each.op == "slot":
            found[id(each)] = slots[each.value]
        else:
            found[id(each)] = operate(each.op, [found[id(inner)] for inner in each.args])
    return found[id(node)]


def operate(op: Op, values: list[int]) -> int:
    """Return what one operation makes of the values of its arguments."""
    return int(_RUN[op](*values))


def _chosen(condition: int, a: int, b: int) -> int:
    return a if condition else b


_RUN: dict[str, Callable[..., int]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "floordiv": operator.floordiv,
    "min": min,
    "max": max,
    "eq": operator.eq,
    "lt": operator.lt,
    "le": operator.le,
    "and": operator.and_,
    "or": operator.or_,
    "not": operator.not_,
    "where": _chosen,
}
