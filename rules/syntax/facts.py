"""Facts that are taken once, and measures that are worked out from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rules.syntax.base import Duration, Formula, Node, Period, Words, described, optional

FactType = Literal["integer", "decimal", "ratio", "boolean", "choice", "date", "events", "ratings"]
FieldType = Literal["integer", "decimal", "ratio", "boolean", "choice", "date", "text"]
SOURCES = (
    "asked",
    "record",
    "appraisal",
    "review",
    "office",
    "panel",
    "mutual",
    "sample",
    "imported",
    "organisation",
)
DETAILED_SOURCES = ("record", "office", "panel", "mutual", "sample", "imported", "organisation")


@dataclass(frozen=True)
class Source:
    """Where a fact comes from: `asked`, or a kind with its detail such as `record: minutes`."""

    kind: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Anchor(Node):
    """What a judged value means: everything from `at_least` upwards is described so."""

    at_least: str = described("Lowest value that the description fits.", as_="number")
    means: Words = described("What an organisation with this value looks like.")


@dataclass(frozen=True, kw_only=True)
class EventField(Node):
    """One column of an events fact."""

    label: Words = described("Name of the column on screen and paper.")
    type: FieldType = described("Type of the column.")
    options: dict[str, Words] = optional("Allowed words of a choice.", {})
    min: str | None = optional("Lowest allowed value of a number.", as_="number")
    max: str | None = optional("Highest allowed value of a number.", as_="number")
    places: int | None = optional("Decimal places kept; 2 where not given.", most=6)


@dataclass(frozen=True, kw_only=True)
class Fact(Node):
    """A typed, labelled value that is taken once and read by any number of rules."""

    label: Words = described("Name of the fact on screen and paper.")
    type: FactType = described("Type of the value.")
    source: Source = optional(
        "Who or what provides the value; `asked` where not given.", Source("asked")
    )
    unit: Words | None = optional("Unit of a number, such as 次 or 人.")
    min: str | None = optional("Lowest allowed value; 0 where not given.", as_="number")
    max: str | None = optional("Highest allowed value; numbers must have one.", as_="number")
    places: int | None = optional("Decimal places kept; 2 where not given.", most=6)
    options: dict[str, Words] = optional("Allowed words of a choice, each with its label.", {})
    fields: dict[str, EventField] = optional("Columns of an events fact beside its date.", {})
    reason: Literal["required", "none"] = optional(
        "`required`: a value counts only with the reason of the person who set it.", "none"
    )
    anchors: tuple[Anchor, ...] = optional("Described steps of a judged value.", ())
    help: Words | None = optional("A hint for whoever gives the value.")
    reused: Words | None = optional(
        "Why this fact may count in more than one place; waives the double-counting check."
    )


@dataclass(frozen=True, kw_only=True)
class EventChoice(Node):
    """Which events of a fact are looked at."""

    events: str = described("The events fact.")
    where_: Formula | None = optional("Condition on the columns of an event.", key="where")


@dataclass(frozen=True, kw_only=True)
class EventFilter(EventChoice):
    """Which events of a fact are looked at, and over what time."""

    within: Duration | None = optional("Look-back window up to the last day of the period.")
    until: Literal["period_end", "any_time"] = optional(
        "`any_time` also counts what is found after the period, during the procedure.",
        "period_end",
    )
    once_per: str | None = optional("Column whose equal values count as one event.")


@dataclass(frozen=True, kw_only=True)
class CountOf(EventFilter):
    """How many events there are."""


@dataclass(frozen=True, kw_only=True)
class SumOf(EventFilter):
    """The sum of one numeric column over the events."""

    field_: str = described("Numeric column that is added up.", key="field")


@dataclass(frozen=True, kw_only=True)
class Missed(EventChoice):
    """How many required occurrences are missing, period by period."""

    every: Literal["month", "quarter", "half_year", "year", "period", "term"] = described(
        "How often it must happen; each `term` is listed under `terms`."
    )
    terms: tuple[Period, ...] = optional("First and last day of each term, such as a semester.", ())
    at_least: int = optional("How many times in each of these periods; 1 where not given.", 1)
    tolerance: Duration | None = optional(
        "How long before or after its month (quarter, …) an occurrence still counts for it."
    )


@dataclass(frozen=True, kw_only=True)
class LongestGap(EventChoice):
    """The most days in a row without an event, from the first to the last day of the period."""


@dataclass(frozen=True, kw_only=True)
class MeanOf(Node):
    """The mean of several ratings, with extremes dropped."""

    ratings: str = described("The ratings fact.")
    drop_highest: int = optional("How many of the highest are dropped.", 0)
    drop_lowest: int = optional("How many of the lowest are dropped.", 0)
    at_least: int = optional("Fewest ratings that must be there before any is dropped.", 1)


Among = str
"""`category`, `committee`, or the id of a choice fact."""


@dataclass(frozen=True, kw_only=True)
class OfGroup(Node):
    """One figure of the whole group: its best, its lowest, its mean."""

    of: Formula = described("What is compared.")
    among: Among = described("The group: category, committee, or a choice fact.")


@dataclass(frozen=True, kw_only=True)
class RankIn(OfGroup):
    """The organisation's place in its group, 1 being the best."""

    best: Literal["highest", "lowest"] = described("Which end of the values is rank 1.")
    ties: Literal["best_rank", "worst_rank"] = described(
        "What equal values get: 1, 1, 3 (best_rank) or 2, 2, 3 (worst_rank)."
    )


@dataclass(frozen=True, kw_only=True)
class Measure(Node):
    """A named value worked out from facts; exactly one of its ways is given."""

    label: Words = described("Name of the measure on screen and paper.")
    unit: Words | None = optional("Unit of the number.")
    percent: bool = optional("Show the value as a percentage.", False)
    formula: Formula | None = optional("Worked out from other facts and measures.", way="measure")
    count: CountOf | None = optional("Number of events.", way="measure")
    sum: SumOf | None = optional("Sum of a column of events.", way="measure")
    missed: Missed | None = optional("Required occurrences that are missing.", way="measure")
    longest_gap: LongestGap | None = optional("Most days in a row without an event.", way="measure")
    mean: MeanOf | None = optional("Mean of several ratings.", way="measure")
    rank: RankIn | None = optional("Place in the group.", way="measure")
    highest: OfGroup | None = optional("Highest value of the group.", way="measure")
    lowest: OfGroup | None = optional("Lowest value of the group.", way="measure")
    group_mean: OfGroup | None = optional("Mean of the group.", way="measure")
