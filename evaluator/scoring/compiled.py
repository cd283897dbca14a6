"""From the integer form to Python functions: straight-line code, each operation written once.

The generated source holds nothing but whole numbers, slots and operators that come from the
integer form, which holds nothing else; no text of a rule set reaches it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from rules.integers import Int, Op, in_order

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
    run: Run = function_of(Source(outputs, slots).text())
    return run


def function_of(source: str) -> Any:
    """Return the function `run` of a source that was generated."""
    space: dict[str, Any] = {"__builtins__": {}}
    exec(compile(source, "<rule set>", "exec"), space)  # noqa: S102 - see above
    return space["run"]


class Source:
    """Writes the body of one function; each node once, after those that it reads."""

    def __init__(self, outputs: Sequence[Int], slots: int):
        self.outputs = outputs
        self.slots = slots
        self.lines: list[str] = []
        self.names: set[str] = set()
        self.written: dict[int, str] = {}
        self.used = _uses(outputs)

    def text(self) -> str:
        """Return the whole function."""
        seen: set[int] = set()
        for number, each in enumerate(self.outputs):
            for node in in_order(each, seen):
                self.written[id(node)] = self.expression(node)
            self.lines.append(f"o{number} = {self.written[id(each)]}")
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
        written = self.operation(node)
        again = self.used[id(node)] > 1 or written.count("(") > _MOST_BRACKETS
        return self.named(written) if again else written

    def named(self, written: str) -> str:
        """Return a new name for what is written."""
        name = f"t{len(self.names)}"
        self.names.add(name)
        self.lines.append(f"{name} = {written}")
        return name

    def operation(self, node: Int) -> str:
        """Return Python for an operation on what was written before."""
        twice = node.op in ("min", "max")
        written = self.simple if twice else lambda each: self.written[id(each)]
        return operated(node.op, [written(each) for each in node.args])

    def simple(self, node: Int) -> str:
        """Return a name or constant for a node, so that writing it twice costs nothing."""
        written = self.written[id(node)]
        if node.op in ("const", "slot", "output") or written in self.names:
            return written
        self.written[id(node)] = self.named(written)
        return self.written[id(node)]


def operated(op: Op, arguments: Sequence[str]) -> str:
    """Return Python for one operation; the arguments of `min` and `max` are written twice."""
    if op in ("min", "max"):
        left, right = arguments
        return f"({left} if {left} {'<' if op == 'min' else '>'} {right} else {right})"
    if op == "where":
        condition, then, otherwise = arguments
        return f"({then} if {condition} else {otherwise})"
    return _INFIX[op].format(*arguments)


def _uses(outputs: Sequence[Int]) -> Counter[int]:
    """Count how often each node stands in an output or in another node."""
    used = Counter(map(id, outputs))
    seen: set[int] = set()
    for each in outputs:
        for node in in_order(each, seen):
            used.update(map(id, node.args))
    return used
