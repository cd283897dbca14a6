"""An indicator on its way to the program: its rule, what it needs, whether it applies."""

from __future__ import annotations

from dataclasses import dataclass

from rules import integers
from rules.integers import Int, const
from rules.lowering.builder import Builder
from rules.lowering.reads import formulas_of
from rules.lowering.ways import Lowered
from rules.syntax import Indicator

NEVER = const(0)


@dataclass
class Form:
    """An indicator on its way to the program."""

    indicator: Indicator
    lowered: Lowered
    facts: frozenset[str]
    points: Int = NEVER
    applies: Int = const(1)
    here: Int = const(1)
    """Whether its dimension applies."""
    exempt: Int = NEVER
    settled: bool = False

    @property
    def rated(self) -> Int:
        """Whether it applies and its dimension does too."""
        return integers.both(self.here, self.applies)


def needs(form: Form, build: Builder) -> list[tuple[frozenset[str], Int]]:
    """Return which facts must be there, and when: a judged one only where its condition holds.

    Where the condition itself reads the judged fact, it must be there at any rate.
    """
    conditional = {
        judged.fact: integers.any_of(
            [each.condition for each in form.lowered.judged if each.fact == judged.fact]
        )
        for judged in form.lowered.judged
    }
    compared = {
        fact for each in formulas_of(form.indicator.rule) for fact in build.names.facts_of(each)
    }
    at_times = {fact for fact, bit in conditional.items() if not bit.is_const}
    always = form.facts - (at_times - compared)
    return [
        (always, form.rated),
        *(
            (frozenset({fact}), integers.both(conditional[fact], form.rated))
            for fact in sorted(form.facts - always)
        ),
    ]


def absent(form: Form, build: Builder) -> Int:
    """Return whether a fact that the indicator needs is missing, where its policy asks so."""
    if form.indicator.missing.kind == "error":
        return NEVER
    return integers.any_of(
        [
            integers.both(needed, build.names.missing(fact))
            for facts, needed in needs(form, build)
            for fact in sorted(facts)
        ]
    )
