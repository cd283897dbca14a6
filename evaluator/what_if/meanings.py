"""When expressions of two programs mean the same: numbers that only equal meanings share."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from evaluator.scoring.columnar.engine import Engine
from rules.diff.normal import normal
from rules.integers import Int, in_order
from rules.lowering.program import Slot
from rules.syntax import RuleSet


class Meanings:
    """Numbers meanings; expressions of any program that mean the same have the same number."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}

    def number(self, meaning: Hashable) -> int:
        """Return the number of a meaning."""
        return self._numbers.setdefault(meaning, len(self._numbers))

    def of(self, engine: Engine, given: Mapping[int, Hashable] | None = None) -> Meaning:
        """Return what the expressions of an engine mean, some outputs being given a meaning."""
        return Meaning(self, engine, given or {})


class Meaning:
    """What the slots, outputs and other expressions of one engine mean, as numbers."""

    def __init__(self, meanings: Meanings, engine: Engine, given: Mapping[int, Hashable]):
        self._meanings = meanings
        self._nodes: dict[int, int] = {}
        self.expressions: dict[int, Int] = {}
        """An expression for each meaning; all are kept, so that no id of a node is given anew."""
        self._roots: list[Int] = []
        self.slots = [meanings.number(each) for each in _slots(engine)]
        self.outputs: list[int] = []
        for number, output in enumerate(engine.program.outputs):
            known = number in given
            self.outputs.append(meanings.number(given[number]) if known else self.of(output.value))

    def of(self, expression: Int) -> int:
        """Return the number of what an expression means."""
        self._roots.append(expression)
        for node in in_order(expression):
            if id(node) not in self._nodes:
                found = self._nodes[id(node)] = self._node(node)
                self.expressions.setdefault(found, node)
        return self._nodes[id(expression)]

    def _node(self, node: Int) -> int:
        if node.op == "output":
            return self.outputs[node.value]
        if node.op == "slot":
            return self.slots[node.value]
        args = tuple(self._nodes[id(each)] for each in node.args)
        return self._meanings.number((node.op, node.value, args))


def group_meaning(engine: Engine, meaning: Meaning) -> Hashable:
    """Return what decides the slots of the group: what is compared, among whom, by which peers."""
    decisions = engine.decisions
    if not decisions.grouped:
        return ()
    return (
        meaning.of(decisions.left),
        tuple(map(meaning.of, engine.peers.wanted)),
        tuple(
            (each.name, _said(each.measure), _said(each.way), meaning.of(each.value.num))
            for each in engine.program.cohort
        ),
    )


def _slots(engine: Engine) -> list[Hashable]:
    """Return what every slot of a layout holds, those of the program first."""
    layout, rule_set = engine.layout, engine.category.rule_set
    levels = tuple(each.id for each in rule_set.levels.from_low_to_high)
    read = _said(tuple(rule_set.facts)), _said(rule_set.facts)
    extra: dict[int, Hashable] = {
        layout.previous.value: ("previous", levels),
        layout.years.value: ("years", layout.years.high),
        layout.founded.value: ("founded", _said(rule_set.organisations)),
        layout.outside.value: ("outside", read),
        layout.left.value: ("left", layout.left.high),
    }
    missing = {bit.value: name for name, bit in layout.missing.items()}
    everything = tuple(map(_said, (rule_set.facts, rule_set.period, rule_set.organisations)))
    found = [_slot(each, rule_set, everything) for each in engine.program.slots]
    for number in range(len(found), layout.size):
        found.append(extra.get(number) or _missing(missing[number], rule_set))
    return found


def _slot(slot: Slot, rule_set: RuleSet, everything: Hashable) -> Hashable:
    if slot.kind == "missing":
        return _missing(slot.name, rule_set)
    facts: Hashable = everything if slot.kind == "reduction" else _said(slot.fact)
    bounds = slot.kind, slot.name, slot.facet, slot.low, slot.high
    return (*bounds, _said(slot.reduction), facts)


def _missing(name: str, rule_set: RuleSet) -> Hashable:
    return "missing", name, _said(rule_set.facts[name])


def _said(value: object) -> str:
    """Return a part of a rule set as text, without the places where it was written."""
    return repr(normal(value))
