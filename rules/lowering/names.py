"""The names that formulas may use: facts, measures, the period, and totals where they exist."""

from __future__ import annotations

from dataclasses import dataclass, field

from rules import integers
from rules.formula import Expression, parse
from rules.integers import Int, const
from rules.lowering.guards import needed_names
from rules.lowering.measures import lower_measure
from rules.lowering.program import CohortInput, Reduction, Slot
from rules.lowering.refusals import refuse
from rules.lowering.values import (
    Choice,
    Day,
    Number,
    Truth,
    Value,
    bounds_message,
    bounds_of,
    scale_of,
)
from rules.numbers import NotANumber
from rules.problems import Problem, RuleErrors, listed, nearest
from rules.quotients import Quotient
from rules.syntax import Fact, Formula, OfGroup, RuleSet

MOST_NESTED = 12
PERIOD_NAMES = ("period_start", "period_end")


@dataclass
class Names:
    """Looks names up and hands out input slots, one for each distinct need."""

    rule_set: RuleSet
    slots: list[Slot] = field(default_factory=list)
    cohort: list[CohortInput] = field(default_factory=list)
    totals: dict[str, Quotient] = field(default_factory=dict)
    _known: dict[str, Value] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)
    _slots_at: dict[tuple[str, str, str], Int] = field(default_factory=dict)

    def slot(self, wanted: Slot) -> Int:
        """Return the input slot that was asked for, the same one each time."""
        key = (wanted.kind, wanted.name, wanted.facet)
        if key not in self._slots_at:
            self._slots_at[key] = integers.slot(len(self.slots), wanted.low, wanted.high)
            self.slots.append(wanted)
        return self._slots_at[key]

    def reduction(self, name: str, node: Reduction, low: int, high: int, facet: str = "") -> Int:
        """Return the slot of a value that is worked out from events or ratings."""
        return self.slot(Slot("reduction", name, low, high, facet, reduction=node))

    def lookup(self, expression: Expression) -> Value:
        """Return the value of a name; raises RuleErrors for unknown ones and for circles."""
        name = str(expression.value)
        if name in self.totals:
            return Number(self.totals[name])
        if name not in self._known:
            self._known[name] = self._find(name, expression)
        return self._known[name]

    def _find(self, name: str, expression: Expression) -> Value:
        if name in self.rule_set.facts:
            return self.fact_value(name, expression)
        if name in self.rule_set.measures:
            return self._measure_value(name, expression)
        if name in PERIOD_NAMES:
            period = self.rule_set.period
            day = period.from_ if name == "period_start" else period.to
            return Day(const(day.toordinal()))
        raise refuse(expression, self._unknown(name), "unknown-name")

    def _unknown(self, name: str) -> str:
        known = [*self.rule_set.facts, *self.rule_set.measures, *self.totals, *PERIOD_NAMES]
        hint = nearest(name, known)
        where = "declare it under `facts:` or `measures:`"
        shown = listed(known[:12]) + (", …" if len(known) > 12 else "")
        return f'"{name}" is no fact or measure.{hint} Known are {shown}; or {where}.'

    def fact_value(self, name: str, expression: Expression) -> Value:
        """Return the value of a single-valued fact."""
        fact = self.rule_set.facts[name]
        if fact.type in ("events", "ratings"):
            way = "mean" if fact.type == "ratings" else "count, sum or missed"
            raise refuse(
                expression,
                f'"{name}" holds {fact.type}; name a measure of it '
                f"(measures: … {way}: …) and use that.",
            )
        try:
            low, high = bounds_of(fact)
        except NotANumber:
            raise RuleErrors([Problem(fact.where, "bounds", bounds_message(name, fact))]) from None
        value = self.slot(Slot("fact", name, low, high, fact=fact))
        return _typed(fact, value)

    def _measure_value(self, name: str, expression: Expression) -> Value:
        if name in self._open:
            circle = " → ".join([*self._open[self._open.index(name) :], name])
            raise refuse(
                expression, f"these measures need each other: {circle}. Break the circle.", "circle"
            )
        if len(self._open) >= MOST_NESTED:
            raise refuse(
                expression,
                f"more than {MOST_NESTED} measures read one from another; write some of them out.",
                "too-deep",
            )
        self._open.append(name)
        try:
            return lower_measure(name, self.rule_set.measures[name], self)
        finally:
            self._open.pop()

    def is_given(self, expression: Expression) -> Int:
        """Return whether a fact has a value."""
        name = str(expression.value)
        if name not in self.rule_set.facts:
            raise refuse(
                expression,
                f'"{name}" is no fact; given() asks about facts alone.'
                f"{nearest(name, self.rule_set.facts)}",
                "unknown-name",
            )
        return integers.negated(self.missing(name))

    def missing(self, fact: str) -> Int:
        """Return the bit that says that a fact has no value."""
        return self.slot(Slot("missing", fact, 0, 1))

    def facts_of(self, formula: Formula) -> frozenset[str]:
        """Return the facts that a formula needs, through measures.

        A fact is not needed where the formula looks at it only once given() has found it.
        """
        return frozenset(
            fact
            for name, guarded in needed_names(parse(formula))
            for fact in self.facts_behind(name) - guarded
        )

    def facts_behind(self, name: str) -> frozenset[str]:
        """Return the facts behind a name: itself, or those of the measure."""
        if name in self.rule_set.facts:
            return frozenset({name})
        measure = self.rule_set.measures.get(name)
        if measure is None:
            return frozenset()
        if measure.formula:
            return self.facts_of(measure.formula)
        listed_way = measure.count or measure.sum or measure.missed or measure.longest_gap
        if listed_way:
            return frozenset({listed_way.events})
        if measure.mean:
            return frozenset({measure.mean.ratings})
        grouped = measure.rank or measure.highest or measure.lowest or measure.group_mean
        return self.facts_in_group(grouped) if grouped else frozenset()

    def facts_in_group(self, way: OfGroup) -> frozenset[str]:
        """Return the facts that a comparison reads: what is compared, and what makes the group."""
        own = {way.among} if way.among in self.rule_set.facts else set()
        return self.facts_of(way.of) | own


def _typed(fact: Fact, value: Int) -> Value:
    if fact.type == "boolean":
        return Truth(value)
    if fact.type == "choice":
        return Choice(value, tuple(fact.options))
    if fact.type == "date":
        return Day(value)
    return Number(Quotient(value, const(scale_of(fact))), percent=fact.type == "ratio")
