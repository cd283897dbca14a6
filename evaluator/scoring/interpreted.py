"""The integer form run by walking it: for single values behind a reason, and to check the compiler."""

from __future__ import annotations

from collections.abc import Sequence

from rules.integers import Int


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
    values = [evaluate(each, slots, outputs) for each in node.args]
    return _operate(node, values)


def _operate(node: Int, values: list[int]) -> int:
    if node.op == "not":
        return int(not values[0])
    a, b = values
    match node.op:
        case "add":
            return a + b
        case "sub":
            return a - b
        case "mul":
            return a * b
        case "floordiv":
            return a // b
        case "min" | "max":
            return min(a, b) if node.op == "min" else max(a, b)
        case "and" | "or":
            return int(bool(a and b)) if node.op == "and" else int(bool(a or b))
        case "eq":
            return int(a == b)
        case "lt":
            return int(a < b)
        case _:
            return int(a <= b)
