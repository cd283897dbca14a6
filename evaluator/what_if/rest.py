"""Expressions without what a memory has: only what is left is worked out."""

from __future__ import annotations

from dataclasses import replace

from evaluator.scoring.columnar.engine import Engine
from evaluator.what_if.meanings import Meaning
from evaluator.what_if.memory import Memory
from evaluator.what_if.sums import terms_of
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
        changed = self._changed_term(node)
        if changed:
            return (changed[0],)
        return (self._outputs[node.value],) if node.op == "output" else node.args

    def _is_kept(self, node: Int) -> bool:
        return node.op == "slot" or (node.op != "const" and self.memory.has(self.meaning.of(node)))

    def _changed_term(self, node: Int) -> tuple[Int, Int, Int] | None:
        """Return the only term of a sum that is not as it was, the sum as it was, and that term."""
        if node.op != "add":
            return None
        terms = terms_of(node)
        fresh = [each for each in terms if not self._is_kept(each) and each.op != "const"]
        if len(fresh) != 1:
            return None
        same = [self.meaning.of(each) for each in terms if each is not fresh[0]]
        found = self.memory.sums.with_another(same)
        return (fresh[0], *found) if found and self._fits(*found, fresh[0]) else None

    def _rest(self, node: Int, inner: tuple[Int, ...]) -> Int:
        if self._is_kept(node):
            return self._slot(self.meaning.of(node), node)
        changed = self._changed_term(node)
        if changed:
            _, whole, term = changed
            of = self.memory.meaning.of
            before = integers.sub(self._slot(of(whole), whole), self._slot(of(term), term))
            after = integers.add(before, self._made[id(inner[0])])
            # The same sum as the node, of which more is known: the range and the divisor.
            return replace(after, low=node.low, high=node.high, divisor=node.divisor)
        if node.op == "output":
            return self._made[id(inner[0])]
        args = tuple(self._made[id(each)] for each in inner)
        return replace(node, args=args)

    def _fits(self, whole: Int, term: Int, fresh: Int) -> bool:
        """Return whether putting one term for another stays within 63 bits on the way."""
        high, low = whole.high - term.low, whole.low - term.high
        return max(high + max(fresh.high, 0), -(low + min(fresh.low, 0))) <= integers.LIMIT

    def _slot(self, meaning: int, node: Int) -> Int:
        return self.kept.setdefault(meaning, integers.slot(len(self.kept), node.low, node.high))
