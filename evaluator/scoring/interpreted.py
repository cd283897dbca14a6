"""The integer form run by walking it: single values behind reasons, a check of the compiler."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence

from rules.integers import Int

_OPERATE: dict[str, Callable[..., int]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "floordiv": operator.floordiv,
    "min": min,
    "max": max,
    "and": operator.and_,
    "or": operator.or_,
    "not": operator.not_,
    "eq": operator.eq,
    "lt": operator.lt,
    "le": operator.le,
}


def evaluate(node: Int, slots: Sequence[int], outputs: Sequence[int] = ()) -> int:
    """Return the value of one expression for the slots of one organisation."""
    if node.op == "const":
        return node.value
    if node.op == "slot":
        return int(slots[node.value])
    if node.op == "output":
        return int(outputs[node.value])
    if node.op == "where":
        condition, then, otherwise = node.args
        return evaluate(then if evaluate(condition, slots, outputs) else otherwise, slots, outputs)
    return int(_OPERATE[node.op](*(evaluate(each, slots, outputs) for each in node.args)))
