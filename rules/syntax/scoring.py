"""Indicators: how points follow from facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rules.syntax.base import Duration, Formula, Node, Points, Words, described, optional

ALL = "all"
Amount = Points | Literal["all"]


@dataclass(frozen=True, kw_only=True)
class Per(Node):
    """Distance of a measure from a target, counted in units."""

    measure: Formula = described("What is measured.")
    below: Formula | None = optional("The target; what falls short of it counts.")
    above: Formula | None = optional("The ceiling; what exceeds it counts.")
    every: Formula = described("Size of one unit, such as 1% or 1.")
    steps: Literal["whole", "started", "pro_rata"] = described(
        "What a fraction of a unit does: nothing, as a whole one, or its share."
    )


@dataclass(frozen=True, kw_only=True)
class EventCaps(Node):
    """How many points events of one day, month or year may bring."""

    day: Points | None = optional("At most so many points a day.")
    month: Points | None = optional("At most so many points a month.")
    year: Points | None = optional("At most so many points a year.")


@dataclass(frozen=True, kw_only=True)
class PerEvent(Node):
    """Points for each event, the same for all or by a column of choices."""

    of: str = described("The events fact.", refers="fact")
    by: str | None = optional("Choice column that decides the points of an event.")
    where_: Formula | None = optional("Condition on the columns of an event.", key="where")
    within: Duration | None = optional("Look-back window up to the last day of the period.")
    once_per: str | None = optional(
        "Column whose equal values are one matter: its highest event alone counts."
    )
    take: Literal["sum", "highest"] = optional("Sum of the events, or the highest alone.", "sum")
    caps: EventCaps | None = optional("Caps by day, month and year.")


@dataclass(frozen=True, kw_only=True)
class Discretion(Node):
    """Points chosen by a person inside declared bounds, with a reason."""

    fact: str = described(
        "The fact that holds the chosen points; it requires a reason.", refers="fact"
    )
    from_: Points = described("Lowest choice.", key="from")
    to: Points = described("Highest choice.")


@dataclass(frozen=True, kw_only=True)
class Part(Node):
    """One reason for points: a condition, a count, a distance, events or discretion."""

    when: Formula | None = optional("Condition; alone it brings `points` once.")
    each: Formula | None = optional("Whole number of occurrences.", way="part")
    per: Per | None = optional("Units short of a target or above a ceiling.", way="part")
    per_event: PerEvent | None = optional("Events, one by one.", way="part")
    discretion: Discretion | None = optional("Points chosen by a person.", way="part")
    points: Amount | tuple[Amount, ...] | dict[str, Points] | None = optional(
        "Points; `all` for all of the indicator; a list for first, second, … occurrence; "
        "a mapping from the words of `by`.",
        amount=True,
    )
    at_most: Points | None = optional("Most points that this part may bring.")
    because: Words | None = optional("The reason in words, as the branch will read it.")


@dataclass(frozen=True, kw_only=True)
class Rung(Node):
    """One step of a ladder; the first that holds, from the top, gives the points."""

    at_least: Formula | None = optional("Holds at or above this value.", way="rung")
    above: Formula | None = optional("Holds above this value.", way="rung")
    at_most: Formula | None = optional("Holds at or below this value.", way="rung")
    below: Formula | None = optional("Holds below this value.", way="rung")
    points: Points = described("Points of the rung; may be negative.")


@dataclass(frozen=True, kw_only=True)
class Ladder(Node):
    """Thresholds with points."""

    measure: Formula = described("What is measured.")
    rungs: tuple[Rung, ...] = described("Steps, tried from the top.")
    otherwise: Points = described("Points where no rung holds.")


@dataclass(frozen=True, kw_only=True)
class Options(Node):
    """Graded words with points."""

    fact: str = described("The choice fact.", refers="fact")
    points: dict[str, Points] = described("Points of each option; all options must be there.")


@dataclass(frozen=True, kw_only=True)
class Proportional(Node):
    """Points in proportion to a measure, between nothing and all of the indicator's points."""

    measure: Formula = described("What is measured.")
    zero_at: Formula | None = optional("Value that brings no points; 0 where not given.")
    full_at: Formula = described("Value that brings all points.")
    if_equal: Points | None = optional(
        "Points where `zero_at` and `full_at` are the same; needed where they can be."
    )


@dataclass(frozen=True, kw_only=True)
class Case(Node):
    """One case of a decision: fixed points, or a range in which a measure or a person decides."""

    when: Formula = described("Condition of the case.")
    points: Points | None = optional("Fixed points.", way="case")
    from_: Points | None = optional("Lowest points of an inner range.", key="from")
    to: Points | None = optional("Highest points of an inner range.")
    judged: str | None = optional(
        "Fact with the points chosen inside the range.", way="case", refers="fact"
    )
    measure: Formula | None = optional("Measure that places the points in the range.", way="case")
    zero_at: Formula | None = optional("Value of the measure that brings `from`.")
    full_at: Formula | None = optional("Value of the measure that brings `to`.")
    because: Words | None = optional("The case in words.")


@dataclass(frozen=True, kw_only=True)
class Cases(Node):
    """A decision: the first case that holds, from the top, gives the points."""

    first: tuple[Case, ...] = described("Cases, tried from the top.")
    otherwise: Points = described("Points where no case holds.")


@dataclass(frozen=True, kw_only=True)
class Rule(Node):
    """How the points of an indicator are worked out; exactly one way is given."""

    deduct: tuple[Part, ...] | None = optional("Starts full; parts take points off.", way="rule")
    award: tuple[Part, ...] | None = optional("Starts at 0; parts add points.", way="rule")
    adjust: tuple[Part, ...] | None = optional(
        "Starts at 0; parts with positive points add, with negative points deduct.", way="rule"
    )
    ladder: Ladder | None = optional("Thresholds with points.", way="rule")
    options: Options | None = optional("Graded words with points.", way="rule")
    proportional: Proportional | None = optional("In proportion to a measure.", way="rule")
    cases: Cases | None = optional("The first case that holds.", way="rule")
    judgement: str | None = optional(
        "A fact that holds the points themselves.", way="rule", refers="fact"
    )
    formula: Formula | None = optional("Points worked out by an expression.", way="rule")


@dataclass(frozen=True)
class Fallback:
    """What stands in for points: `error`, `zero`, `full`, `exempt`, `peers_mean`, or another."""

    kind: str
    use: str = ""


MISSING = ("error", "zero", "full", "exempt", "peers_mean", "use")
OTHERWISE = ("zero", "full", "exempt", "use")


@dataclass(frozen=True, kw_only=True)
class Evidence(Node):
    """A document that is wanted because no record proves the fact."""

    title: Words = described("What is to be uploaded.")
    number: str | None = optional("Number in the catalogue, such as 1.1.2.", as_="text")
    own_catalogue: bool = optional("The organisation lists its own documents here.", False)


@dataclass(frozen=True, kw_only=True)
class Basis(Node):
    """The clause that an indicator or a veto rests on."""

    source: Words = described("Name of the regulation.")
    article: str | None = optional("Article, where it is known for sure.", as_="text")


@dataclass(frozen=True, kw_only=True)
class Indicator(Node):
    """One line of the score: points that follow from facts by a rule."""

    id: str = described("Short name, unique in the rule set.")
    title: Words = described("Title on screen and paper.")
    points: Points = described("Most points that it can bring.")
    floor: Points | None = optional("Fewest points; needed where more can be lost than it has.")
    rule: Rule = described("How the points follow from facts.")
    applies_when: Formula | None = optional("Condition under which the indicator is rated at all.")
    otherwise: Fallback | None = optional("What happens where it does not apply.", words=OTHERWISE)
    alternative: str | None = optional(
        "Name of a slot: indicators of one slot replace each other, exactly one applies."
    )
    missing: Fallback = optional(
        "What happens where a fact it reads is missing.", Fallback("error")
    )
    evidence: tuple[Evidence, ...] = optional("Documents wanted.", ())
    basis: tuple[Basis, ...] = optional("Clauses that it rests on.", ())
    note: Words | None = optional("Explanation for the branch.")


@dataclass(frozen=True, kw_only=True)
class Dimension(Node):
    """A group of indicators with its own points and, where given, a weight."""

    id: str = described("Short name, unique in the rule set.")
    title: Words = described("Title on screen and paper.")
    points: Points = described("Sum of its indicators' points.")
    weight: str | None = optional(
        "Share of its points that enters the base, such as 20%.", as_="number"
    )
    counts: bool = optional("Whether it is part of the base; a checklist of a level is not.", True)
    applies_when: Formula | None = optional(
        "Condition; where it does not hold, its weight moves to the other dimensions."
    )
    alternative: str | None = optional(
        "Name of a slot: dimensions of one slot replace each other, exactly one applies."
    )
    indicators: tuple[Indicator, ...] = described("The indicators.")


@dataclass(frozen=True, kw_only=True)
class Block(Node):
    """Points above the base, or taken off the whole, with a cap."""

    id: str = described("Short name, unique in the rule set.")
    title: Words = described("Title on screen and paper.")
    kind: Literal["bonus", "deduction"] = described("Added to or taken off the base.")
    cap: Points = described("Most points that the block may add or take off.")
    indicators: tuple[Indicator, ...] = described("The indicators.")


@dataclass(frozen=True, kw_only=True)
class Scale(Node):
    """What the total is counted in."""

    total: Points = described("Base points of the rule set, bonus apart.")
    ceiling: Points | None = optional("The total never exceeds this.")
    places: int = optional("Decimal places to which each indicator is rounded, half up.", 2, most=4)


@dataclass(frozen=True, kw_only=True)
class CountOnce(Node):
    """A fact that hits in several places but counts once, where it weighs most."""

    fact: str = described("The fact.")
    among: tuple[str, ...] = described("The indicators and vetoes where it counts once.")
