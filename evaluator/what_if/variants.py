"""Expressions with one output of a program being something else; all else is worked out once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from evaluator.what_if.dependence import outputs_in
from evaluator.what_if.sums import terms_of
from rules import integers
from rules.integers import LIMIT, Int


class Kept:
    """Values that are worked out once, each as a slot; slots are numbered from `first` on."""

    def __init__(self, first: int):
        self._first = first
        self._slots: dict[tuple[str, int], Int] = {}
        self.values: list[Int] = []

    def slot(self, node: Int) -> Int:
        """Return the slot of an output, or of another expression that lasts as long as this."""
        key = ("output", node.value) if node.op == "output" else ("node", id(node))
        if key not in self._slots:
            number = self._first + len(self.values)
            self._slots[key] = integers.slot(number, node.low, node.high)
            self.values.append(node)
        return self._slots[key]


class Variant:
    """What follows from an output being something else, with all that stays as it is as slots.

    A sum of which one term differs is the sum as it is, without the term and with the other one.
    """

    def __init__(
        self, definitions: Sequence[Int], kept: Kept, affected: set[int], given: Mapping[int, Int]
    ):
        self._kept, self._affected = kept, affected
        self._outputs = dict(given)
        self._made: dict[int, Int] = {}
        for number in sorted(affected - set(given)):
            self._outputs[number] = self.of(definitions[number])

    def of(self, node: Int) -> Int:
        """Return what an expression comes to."""
        if id(node) not in self._made:
            self._made[id(node)] = self._rewritten(node)
        return self._made[id(node)]

    def _rewritten(self, node: Int) -> Int:
        if node.op == "output":
            return self._outputs.get(node.value) or self._kept.slot(node)
        if not node.args:
            return node
        term = self._only_changed_term(node)
        if term is None:
            return replace(node, args=tuple(self.of(each) for each in node.args))
        rest = integers.sub(self._kept.slot(node), self._kept.slot(term))
        found = integers.add(rest, self.of(term))
        return replace(found, low=node.low, high=node.high)

    def _only_changed_term(self, node: Int) -> Int | None:
        """Return the term of a sum that differs, if it is the only one and there is room."""
        if node.op != "add" or 2 * max(-node.low, node.high) > LIMIT:
            return None
        terms = terms_of(node)
        changed = [each for each in terms if outputs_in([each]) & self._affected]
        return changed[0] if len(changed) == 1 < len(terms) - 1 else None
