"""What a rule set is lowered to: input slots, and outputs worked out one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from rules.integers import Int
from rules.quotients import Quotient
from rules.syntax import (
    CountOf,
    Fact,
    LongestGap,
    MeanOf,
    Measure,
    Missed,
    OfGroup,
    Part,
    RankIn,
    RuleSet,
    SumOf,
)

if TYPE_CHECKING:
    from rules.lowering.names import Names

SlotKind = Literal["fact", "missing", "reduction", "cohort", "peers"]
Reduction = CountOf | SumOf | Missed | LongestGap | MeanOf | Part
Key = tuple[str, ...]
"""Names an output: ("points", indicator), ("total",), ("veto", id), …"""


@dataclass(frozen=True)
class Slot:
    """One whole number that is put in for each organisation.

    A fact's slot holds its scaled value, `missing` 1 where it has none; a reduction is worked out
    from events or ratings, a cohort or peers slot from the whole group. `facet` tells several
    slots of one reduction apart, such as the sum and the count of a mean.
    """

    kind: SlotKind
    name: str
    low: int
    high: int
    facet: str = ""
    reduction: Reduction | None = None
    fact: Fact | None = None


@dataclass(frozen=True)
class Output:
    """A named whole number that the program works out."""

    key: Key
    value: Int


@dataclass(frozen=True)
class CohortInput:
    """A value that is compared among a group before anything else is worked out."""

    name: str
    measure: Measure
    way: RankIn | OfGroup
    value: Quotient
    facts: frozenset[str]


@dataclass(frozen=True)
class Reader:
    """A place that reads facts and must not find them missing, where it applies."""

    key: Key
    facts: frozenset[str]
    applies: int | None = None


@dataclass(frozen=True)
class Demand:
    """A condition on judged values that must hold, such as a choice inside its range."""

    key: Key
    fact: str
    message_zh: str
    message_en: str


@dataclass
class Program:
    """A rule set in integer form."""

    rule_set: RuleSet
    digest: str
    slots: list[Slot] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)
    index: dict[Key, int] = field(default_factory=dict)
    cohort: list[CohortInput] = field(default_factory=list)
    readers: list[Reader] = field(default_factory=list)
    demands: list[Demand] = field(default_factory=list)
    facts_of: dict[str, frozenset[str]] = field(default_factory=dict)
    """The facts that each indicator reads."""
    names: Names | None = None
    """What formulas mean, for whoever shows the values behind a reason."""

    @cached_property
    def fact_slots(self) -> dict[str, int]:
        """Return where the value of each single-valued fact stands."""
        return {slot.name: number for number, slot in enumerate(self.slots) if slot.kind == "fact"}
