"""Sums that a memory has, found again by all their terms but one."""

from __future__ import annotations

from collections.abc import Iterable

from evaluator.what_if.meanings import Meaning
from rules.integers import Int, in_order


class Sums:
    """The sums of a program, each as it stands once for each of its terms."""

    def __init__(self, meaning: Meaning, roots: Iterable[Int]):
        self._found: dict[tuple[int, ...], tuple[Int, Int]] = {}
        for root in roots:
            nodes = list(in_order(root))
            inner = {id(arg) for each in nodes if each.op == "add" for arg in each.args}
            for each in nodes:
                if each.op == "add" and id(each) not in inner:
                    self._add(meaning, each)

    def _add(self, meaning: Meaning, whole: Int) -> None:
        terms = terms_of(whole)
        numbers = [meaning.of(each) for each in terms]
        for place, term in enumerate(terms):
            key = _key(numbers[:place] + numbers[place + 1 :])
            self._found.setdefault(key, (whole, term))

    def with_another(self, terms: Iterable[int]) -> tuple[Int, Int] | None:
        """Return a sum of these meanings and one term more, and that term."""
        return self._found.get(_key(terms))


def terms_of(root: Int) -> list[Int]:
    """Return what an addition adds up, however it is nested."""
    found, waiting = list[Int](), [root]
    while waiting:
        node = waiting.pop()
        if node.op == "add":
            waiting += reversed(node.args)
        else:
            found.append(node)
    return found


def _key(terms: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(terms))
