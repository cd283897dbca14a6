"""Expressions without what a memory has: only what is left is worked out."""

from __future__ import annotations

from dataclasses import replace

from evaluator.scoring.columnar.engine import Engine
from evaluator.what_if.meanings import Meaning
from evaluator.what_if.memory import Memory
from rules import integers
from rules.integers import Int


class Rest:
    """What is left of expressions where the largest parts that a memory has are slots."""

    def __init__(self, memory: Memory, engine: Engine, meaning: Meaning):
        self.memory, self.meaning = memory, meaning
        self.kept: dict[int, Int] = {}
        self._made: dict[int, Int] = {}
        self._outputs = [output.value for output in engine.program.outputs]

    def of(self, root: Int) -> Int:
        """Return an expression whose slots are the kept meanings, in their order."""
        waiting = [root]
        while waiting:
            node = waiting[-1]
            inner = self._inner(node)
            missing = [each for each in inner if id(each) not in self._made]
            if missing:
                waiting += missing
                continue
            waiting.pop()
            self._made[id(node)] = self._rest(node, inner)
        return self._made[id(root)]

    def _inner(self, node: Int) -> tuple[Int, ...]:
        if self._is_kept(node):
            return ()
        return (self._outputs[node.value],) if node.op == "output" else node.args

    def _is_kept(self, node: Int) -> bool:
        return node.op == "slot" or (node.op != "const" and self.memory.has(self.meaning.of(node)))

    def _rest(self, node: Int, inner: tuple[Int, ...]) -> Int:
        if self._is_kept(node):
            meaning = self.meaning.of(node)
            number = len(self.kept)
            return self.kept.setdefault(meaning, integers.slot(number, node.low, node.high))
        if node.op == "output":
            return self._made[id(inner[0])]
        args = tuple(self._made[id(each)] for each in inner)
        return replace(node, args=args)
