"""Conditions on the columns of an event, in the same integer form as everything else."""

from __future__ import annotations

from dataclasses import dataclass, field

from rules import integers
from rules.formula import Expression
from rules.integers import Int, const
from rules.lowering.expressions import lower_truth
from rules.lowering.refusals import refuse
from rules.lowering.values import Choice, Day, Number, Truth, Value, bounds_of, scale_of
from rules.numbers import NotANumber, points_text
from rules.problems import Position, Problem, RuleErrors, listed, nearest
from rules.quotients import Quotient
from rules.syntax import EventCaps, Fact, Formula, PerEvent


@dataclass
class EventScope:
    """The names of an event: its columns, and `date`."""

    fact: Fact
    columns: list[str] = field(default_factory=list)

    def lookup(self, expression: Expression) -> Value:
        """Return the value of a column; raises RuleErrors."""
        name = str(expression.value)
        if name == "date":
            return Day(self._slot(name, *_DATES))
        column = self.fact.fields.get(name)
        if column is None or column.type == "text":
            known = [
                *(key for key, each in self.fact.fields.items() if each.type != "text"),
                "date",
            ]
            raise refuse(
                expression,
                f'"{name}" is no column that can be compared here; allowed '
                f"are {listed(known)}.{nearest(name, known)}",
                "unknown-name",
            )
        try:
            value = self._slot(name, *bounds_of(column))
        except NotANumber:
            raise refuse(
                expression, f'the column "{name}" needs min and max to be compared.', "bounds"
            ) from None
        if column.type == "boolean":
            return Truth(value)
        if column.type == "choice":
            return Choice(value, tuple(column.options))
        if column.type == "date":
            return Day(value)
        return Number(Quotient(value, const(scale_of(column))), column.type == "ratio")

    def _slot(self, name: str, low: int, high: int) -> Int:
        if name not in self.columns:
            self.columns.append(name)
        return integers.slot(self.columns.index(name), low, high)

    def is_given(self, expression: Expression) -> Int:
        """Refuse: every column of an event has a value."""
        raise refuse(
            expression, "given() cannot be asked of a column; every event has all of its columns."
        )


_DATES = (1, 3_000_000)


def event_condition(fact: Fact, condition: Formula) -> tuple[Int, list[str]]:
    """Return the bit of a condition and the columns that fill its slots, in order."""
    scope = EventScope(fact)
    return lower_truth(condition, scope), scope.columns


def check_filter(
    fact: Fact, condition: Formula | None, once_per: str | None, where: Position
) -> None:
    """Raise RuleErrors where a filter names what the events do not have."""
    if condition:
        event_condition(fact, condition)
    if once_per and once_per not in fact.fields:
        raise RuleErrors(
            [
                Problem(
                    where,
                    "unknown-name",
                    f'once_per: "{once_per}" is no column; columns are '
                    f"{listed(fact.fields)}.{nearest(once_per, fact.fields)}",
                )
            ]
        )


def check_caps(per_event: PerEvent) -> None:
    """Raise RuleErrors where a cap of a day, month or year is not above 0."""
    caps = per_event.caps or EventCaps(where=per_event.where)
    for name, cap in {"day": caps.day, "month": caps.month, "year": caps.year}.items():
        if cap is not None and cap <= 0:
            message = (
                f"caps: {name}: {points_text(cap)} is not above 0; a cap bounds what events bring "
                "and what they take off alike: write it without a sign."
            )
            raise RuleErrors([Problem(caps.where, "points", message)])
