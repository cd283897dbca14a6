"""What the checks look at: a rule set, its program where it could be lowered, who reads what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from rules.formula import parse
from rules.integers import Int, MayOverflow
from rules.lowering import Program
from rules.lowering.expressions import lower_number, lower_truth
from rules.lowering.names import Names
from rules.lowering.reads import formulas_of, named_facts
from rules.numbers import NotANumber, read_number
from rules.problems import RuleErrors
from rules.quotients import Quotient
from rules.syntax import Block, Dimension, Formula, Indicator, Measure, Node, RuleSet


@dataclass
class Subject:
    """A rule set under check; `program` is missing where lowering found problems."""

    rule_set: RuleSet
    program: Program | None = None
    _names: Names = field(init=False)
    _behind: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._names = Names(self.rule_set)

    @property
    def groups(self) -> tuple[Dimension | Block, ...]:
        """Return all dimensions, then all blocks."""
        return (*self.rule_set.dimensions, *self.rule_set.blocks)

    @property
    def indicators(self) -> Iterator[Indicator]:
        """Yield every indicator, dimensions first."""
        return (indicator for group in self.groups for indicator in group.indicators)

    def facts_of(self, node: Node | tuple[Node, ...]) -> frozenset[str]:
        """Return every fact that a node reads, directly and through measures."""
        return frozenset(fact for name in self.reads(node) for fact in self.facts_behind(name))

    def reads(self, node: Node | tuple[Node, ...] | Formula) -> frozenset[str]:
        """Return every name in the formulas of a node, and every fact that it names."""
        found = set(named_facts(node))
        for formula in formulas_of(node):
            found |= names_in(formula)
        return frozenset(found)

    def facts_behind(self, name: str) -> frozenset[str]:
        """Return the fact of a name, or the facts of the measure of that name."""
        if name not in self._behind:
            self._behind[name] = frozenset(self._follow(name))
        return self._behind[name]

    def _follow(self, name: str) -> Iterator[str]:
        seen, waiting = {name}, [name]
        while waiting:
            here = waiting.pop()
            if here in self.rule_set.facts:
                yield here
            elif here in self.rule_set.measures:
                measure = self.rule_set.measures[here]
                new = (self.reads(measure) | measure_sources(measure)) - seen
                seen |= new
                waiting += new

    def number(self, formula: Formula) -> Quotient | None:
        """Return a formula as a number with its range; None where lowering reports it."""
        try:
            return lower_number(formula, self._names)
        except (RuleErrors, MayOverflow, RecursionError):
            return None

    def truth(self, formula: Formula) -> Int | None:
        """Return a formula as a condition with its range; None where lowering reports it."""
        try:
            return lower_truth(formula, self._names)
        except (RuleErrors, MayOverflow, RecursionError):
            return None

    def output(self, *key: str) -> Int | None:
        """Return an output of the program, where there is one."""
        if self.program is None or key not in self.program.index:
            return None
        return self.program.outputs[self.program.index[key]].value

    def slot_range(self, index: int) -> range:
        """Return what a slot can hold, of those that numbers and conditions were asked for."""
        slot = self._names.slots[index]
        return range(slot.low, slot.high + 1)

    def may_depend(self, indexes: Iterable[int]) -> bool:
        """Return whether slots may move together, as two measures of the same events do."""
        kinds = [self._names.slots[index].kind for index in indexes]
        return sum(kind in ("reduction", "cohort", "peers") for kind in kinds) > 1


def names_in(formula: Formula) -> set[str]:
    """Return the names of a formula; all its words where it cannot be read, as lowering reports."""
    try:
        return parse(formula).names()
    except RuleErrors:
        return set(re.findall(r"\w+", formula.text))


def measure_sources(measure: Measure) -> frozenset[str]:
    """Return the facts whose events or ratings a measure counts, adds up or averages."""
    listing = measure.count or measure.sum or measure.missed or measure.longest_gap
    if listing:
        return frozenset({listing.events})
    return frozenset({measure.mean.ratings}) if measure.mean else frozenset()


def number_of(text: str | None) -> Fraction | None:
    """Return the value of a number that the tree keeps as text; None where it is none."""
    try:
        return None if text is None else read_number(text)
    except NotANumber:
        return None
