"""Expressions without what a memory has: only what is left is worked out.

What is left is put so that it begins with as much as can be kept: a sum without its one changed
term, and all conditions of several that are as they were, are each one value that the memory
works out once, however often the rest is tried.
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

from evaluator.scoring.columnar.engine import Engine
from evaluator.what_if.meanings import Meaning
from evaluator.what_if.memory import Memory
from evaluator.what_if.sums import terms_of
from rules import integers
from rules.integers import Int, const


class Rest:
    """What is left of expressions where the largest parts that a memory has are outputs."""

    def __init__(self, memory: Memory, engine: Engine, meaning: Meaning):
        self.memory, self.meaning = memory, meaning
        self.kept: dict[int, Int] = {}
        self._made: dict[int, Int] = {}
        self._outputs = [output.value for output in engine.program.outputs]

    def of(self, root: Int) -> Int:
        """Return an expression whose outputs are the kept meanings, in their order."""
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
        if node.op == "and":
            return tuple(self._fresh_conditions(node))
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
            before = self._kept(integers.sub(whole, term))
            after = integers.add(before, self._made[id(inner[0])])
            # The same sum as the node, of which more is known: the range and the divisor.
            return replace(after, low=node.low, high=node.high, divisor=node.divisor)
        if node.op == "and":
            fresh = [self._made[id(each)] for each in inner]
            return reduce(integers.both, fresh, self._same_conditions(node))
        if node.op == "output":
            return self._made[id(inner[0])]
        args = tuple(self._made[id(each)] for each in inner)
        return replace(node, args=args)

    def _conditions(self, node: Int) -> list[Int]:
        """Return what must all hold where some condition holds, the same only once."""
        found, waiting = dict[int, Int](), [node]
        while waiting:
            each = waiting.pop()
            if each.op == "output" and not self._is_kept(each):
                waiting.append(self._outputs[each.value])
            elif each.op == "and" and not self._is_kept(each):
                waiting += reversed(each.args)
            else:
                found.setdefault(id(each), each)
        return list(found.values())

    def _fresh_conditions(self, node: Int) -> list[Int]:
        return [each for each in self._conditions(node) if not self._is_known(each)]

    def _same_conditions(self, node: Int) -> Int:
        """Return all conditions that are as they were as one."""
        same = {self.meaning.of(each) for each in self._conditions(node) if self._is_known(each)}
        known = [self.memory.meaning.expressions[each] for each in sorted(same)]
        return self._kept(reduce(integers.both, known)) if known else const(1)

    def _is_known(self, node: Int) -> bool:
        return node.op not in ("const", "slot") and self._is_kept(node)

    def _kept(self, expression: Int) -> Int:
        """Return the slot of a combination of what a memory has."""
        return self._slot(self.memory.meaning.of(expression), expression)

    def _fits(self, whole: Int, term: Int, fresh: Int) -> bool:
        """Return whether putting one term for another stays within 63 bits on the way."""
        high, low = whole.high - term.low, whole.low - term.high
        return max(high + max(fresh.high, 0), -(low + min(fresh.low, 0))) <= integers.LIMIT

    def _slot(self, meaning: int, node: Int) -> Int:
        kept = integers.output(len(self.kept), node.low, node.high)
        return self.kept.setdefault(meaning, kept)
