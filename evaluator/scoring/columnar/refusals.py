"""Whose facts cannot be used: one is missing where it is needed, or a demand is broken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from evaluator.scoring.columnar.layout import Layout
from rules import integers
from rules.integers import Int
from rules.lowering import Program
from rules.lowering.program import Demand, Reader


def reference(program: Program, *key: str) -> Int:
    """Return an output of a program by its key."""
    return reference_at(program, program.index[key])


def reference_at(program: Program, index: int) -> Int:
    """Return an output of a program by its number."""
    value = program.outputs[index].value
    return integers.output(index, value.low, value.high)


def lacking(readers: Iterable[Reader], layout: Layout) -> Int:
    """Return whether a fact is missing that one of the readers needs, where it applies."""
    needed: dict[int | None, set[str]] = defaultdict(set)
    for reader in readers:
        needed[reader.applies] |= reader.facts
    always = needed.pop(None, set())
    found = _any_missing(always, layout)
    for applies, facts in needed.items():
        assert applies is not None  # noqa: S101 - it was taken out above
        absent = _any_missing(facts - always, layout)
        here = integers.both(reference_at(layout.program, applies), absent)
        found = integers.either(found, here)
    return found


def _any_missing(facts: set[str], layout: Layout) -> Int:
    return integers.any_of([layout.missing[name] for name in sorted(facts)])


def broken(layout: Layout) -> Int:
    """Return whether a demand is broken; where its fact is missing, the demand does not count."""
    return integers.any_of([_broken(demand, layout) for demand in layout.program.demands])


def _broken(demand: Demand, layout: Layout) -> Int:
    """A demand on indicators that replace one another has no fact that could be missing."""
    found = reference(layout.program, *demand.key)
    absent = layout.missing.get(demand.fact)
    return found if absent is None else integers.both(integers.negated(absent), found)


def refused(layout: Layout) -> Int:
    """Return whether whoever is rated is refused because of its facts."""
    return integers.either(lacking(layout.program.readers, layout), broken(layout))
