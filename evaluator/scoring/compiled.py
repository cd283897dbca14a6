"""From the integer form to Python functions: straight-line code, each operation written once.

The generated source holds nothing but whole numbers, slots and operators that come from the
integer form, which holds nothing else; no text of a rule set reaches it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from rules.integers import Int

Run = Callable[[Sequence[int]], tuple[int, ...]]

_INFIX = {
    "add": "({} + {})",
    "sub": "({} - {})",
    "mul": "({} * {})",
    "floordiv": "({} // {})",
    "eq": "({} == {})",
    "lt": "({} < {})",
    "le": "({} <= {})",
    "and": "({} and {})",
    "or": "({} or {})",
    "not": "(not {})",
}
_MOST_BRACKETS = 90
"""Python reads no more than 200 brackets inside one another."""


def compile_outputs(outputs: Sequence[Int], slots: int) -> Run:
    """Return a function from the values of all slots to the values of all outputs."""
    source = _Source(outputs, slots)
    space: dict[str, Any] = {"__builtins__": {}}
    exec(compile(source.text(), "<rule set>", "exec"), space)  # noqa: S102 - see above
    run: Run = space["run"]
    return run


class _Source:
    """Writes the body of one function."""

    def __init__(self, outputs: Sequence[Int], slots: int):
        self.outputs = outputs
        self.slots = slots
        self.lines: list[str] = []
        self.names: dict[int, str] = {}
        self.used: Counter[int] = Counter()
        for each in outputs:
            self._count(each)

    def _count(self, node: Int) -> None:
        self.used[id(node)] += 1
        if self.used[id(node)] == 1:
            for each in node.args:
                self._count(each)

    def text(self) -> str:
        for number, each in enumerate(self.outputs):
            self.lines.append(f"o{number} = {self.expression(each)}")
        unpacked = "".join(f"s{number}, " for number in range(self.slots))
        returned = "".join(f"o{number}, " for number in range(len(self.outputs)))
        body = [
            f"{unpacked.rstrip()} = slots" if unpacked else "",
            *self.lines,
            f"return ({returned.rstrip()})",
        ]
        return "def run(slots):\n" + "".join(f"    {line}\n" for line in body if line)

    def expression(self, node: Int) -> str:
        """Return Python for a node; what is used twice, or grows too long, gets a name first."""
        if node.op == "const":
            return str(node.value) if node.value >= 0 else f"({node.value})"
        if node.op in ("slot", "output"):
            return f"{node.op[0]}{node.value}"
        if id(node) in self.names:
            return self.names[id(node)]
        written = self.operation(node)
        again = self.used[id(node)] > 1 or written.count("(") > _MOST_BRACKETS
        return self.named(node, written) if again else written

    def named(self, node: Int, written: str) -> str:
        name = f"t{len(self.names)}"
        self.names[id(node)] = name
        self.lines.append(f"{name} = {written}")
        return name

    def operation(self, node: Int) -> str:
        if node.op in ("min", "max"):
            left, right = (self.simple(each) for each in node.args)
            sign = "<" if node.op == "min" else ">"
            return f"({left} if {left} {sign} {right} else {right})"
        if node.op == "where":
            condition, then, otherwise = (self.expression(each) for each in node.args)
            return f"({then} if {condition} else {otherwise})"
        return _INFIX[node.op].format(*(self.expression(each) for each in node.args))

    def simple(self, node: Int) -> str:
        """Return a name or constant for a node, so that writing it twice costs nothing."""
        written = self.expression(node)
        if node.op in ("const", "slot", "output") or id(node) in self.names:
            return written
        return self.named(node, written)
