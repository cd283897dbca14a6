"""The integer form run by walking it: single values behind reasons, a check of the compiler."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rules.integers import Int, in_order, operate


@lru_cache(maxsize=4096)
def _steps(node: Int) -> tuple[Int, ...]:
    """Return an expression step by step; the same few are walked for every organisation."""
    return tuple(in_order(node))


def evaluate(node: Int, slots: Sequence[int], outputs: Sequence[int] = ()) -> int:
    """Return the value of one expression for the slots of one organisation."""
    found: dict[int, int] = {}
    for each in _steps(node):
        if each.op == "const":
            found[id(each)] = each.value
        elif each.op == "slot":
            found[id(each)] = int(slots[each.value])
        elif each.op == "output":
            found[id(each)] = int(outputs[each.value])
        else:
            found[id(each)] = operate(each.op, [found[id(inner)] for inner in each.args])
    return found[id(node)]
