"""From a total to a level: bands, gates, vetoes, quotas and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rules.syntax.base import Formula, Node, Points, Words, described, optional
from rules.syntax.scoring import Basis


@dataclass(frozen=True, kw_only=True)
class Held(Node):
    """A prior standing."""

    level: str = described("Level that must have been held, or a higher one.")
    years: int = optional("For how many years.", 1)


@dataclass(frozen=True, kw_only=True)
class Gate(Node):
    """A condition of a level besides its band."""

    require: Formula | None = optional("Condition on facts, measures and totals.", way="gate")
    every_dimension: Formula | None = optional(
        "Least share of its points that every counting dimension must reach.", way="gate"
    )
    held: Held | None = optional("A prior standing.", way="gate")
    because: Words | None = optional("The condition in words.")


@dataclass(frozen=True, kw_only=True)
class DirectAward(Node):
    """A fact that brings the level without a score."""

    when: Formula = described("Condition.")
    because: Words = described("The reason in words.")


@dataclass(frozen=True, kw_only=True)
class Validity(Node):
    """How long a level is held, and how it is re-audited."""

    years: int = described("Years for which the level is held.")
    re_audit: Literal["none", "yearly", "at_end"] = optional("When it is audited again.", "at_end")


@dataclass(frozen=True, kw_only=True)
class Level(Node):
    """One level and what it takes."""

    id: str = described("Short name, such as four_star.")
    title: Words = described("Title on screen and paper.")
    stars: int = optional("Stars on the certificate.", 0)
    certificate: bool = optional("Whether a certificate is printed.", True)
    laurel: bool = optional("Whether the certificate bears the laurel of a model.", False)
    at_least: Points = described("Lowest points of the band.")
    below: Points | None = optional("Where the band ends; the next level must begin there.")
    of: str = optional("What the band is of: `total`, or the id of a dimension.", "total")
    gates: tuple[Gate, ...] = optional("Conditions besides the band.", ())
    direct: tuple[DirectAward, ...] = optional("Facts that bring it without a score.", ())
    decided_by: Words | None = optional("Who decides, where it is a higher authority.")
    validity: Validity | None = optional("How long it is held.")


@dataclass(frozen=True, kw_only=True)
class LevelCap(Node):
    """A measure that keeps the level down, whatever the total."""

    when: Formula = described("Condition.")
    at_most: str = described("Highest level that is left.")
    because: Words = described("The reason in words.")


@dataclass(frozen=True)
class MeasuredOn:
    """Whether bands look at the total as it is or rounded half up to some places."""

    rounded: int | None = None


@dataclass(frozen=True, kw_only=True)
class Stars(Node):
    """Each dimension is a star that is won separately; bands then count stars."""

    won_at: Formula = described("Share of its points at which a dimension's star is won.")


@dataclass(frozen=True, kw_only=True)
class Levels(Node):
    """All levels and how they are reached."""

    measured_on: MeasuredOn = described("Whether bands look at the total as it is, or rounded.")
    stars: Stars | None = optional("Levels count stars won, one for each dimension.")
    promotion: Literal["any", "one_step"] = described(
        "Whether a level may be skipped on the way up from last year's."
    )
    skip_when: Formula | None = optional("Honour that allows skipping under `one_step`.")
    caps: tuple[LevelCap, ...] = optional("Measures that keep the level down.", ())
    from_low_to_high: tuple[Level, ...] = described("The levels, lowest first.")


@dataclass(frozen=True)
class Effect:
    """What a veto does: a bare word, `at_most: LEVEL` or `down: STEPS`."""

    kind: str
    level: str = ""
    steps: int = 0


EFFECTS = ("no_level", "lowest_level", "no_promotion", "clear_to_zero", "at_most", "down")


@dataclass(frozen=True, kw_only=True)
class Veto(Node):
    """A fact that overrules the score."""

    id: str = described("Short name, unique in the rule set.")
    title: Words = described("Title on screen and paper.")
    when: Formula = described("Condition.")
    effect: Effect = described("What it does to the level.")
    found_at: tuple[str, ...] = optional(
        "Steps of the procedure at which it may be found; at any moment where not given.", ()
    )
    basis: tuple[Basis, ...] = optional("Clauses that it rests on.", ())


@dataclass(frozen=True, kw_only=True)
class Eligibility(Node):
    """A condition for being rated, such as a minimum age."""

    require: Formula = described("Condition.")
    otherwise: Literal["not_rated", "no_level"] = described(
        "Not rated at all, or scored without a level."
    )
    because: Words = described("The reason in words.")


@dataclass(frozen=True, kw_only=True)
class Quota(Node):
    """How many organisations may, must or should hold a level."""

    id: str = described("Short name, unique in the rule set.")
    level: str = described("The level that is counted.")
    kind: Literal["at_most", "at_least", "target"] = described(
        "Upper limit; minimum share of the weakest that goes down to the level; or watched only."
    )
    counts: Literal["this_level", "and_above", "and_below"] = optional(
        "Whether higher, or lower levels and unrated ones, are counted too.", "this_level"
    )
    direct_awards: Literal["counted", "beside"] | None = optional(
        "Whether direct awards take places of an upper limit, or come beside it."
    )
    share: str | None = optional("Share, such as 10%.", way="quota", as_="number")
    number: int | None = optional("Absolute number.", way="quota")
    of: Literal["rated", "applied", "all"] | None = optional("What it is a share of.")
    among: str = optional("`category`, `committee` or a choice fact.", "category")
    rounding: Literal["down", "up", "half_up"] | None = optional("How 30% of 7 is rounded.")
    ties: Literal["exclude", "include"] | None = optional(
        "What happens to those who tie at the cut after all tie breakers."
    )
    tie_break: tuple[Formula, ...] = optional("Compared one after the other, higher first.", ())


@dataclass(frozen=True, kw_only=True)
class PopulationTarget(Node):
    """A share of the population aimed at over years; watched, no gate."""

    level: str = described("This level and above.")
    share: str = described("Share aimed at.", as_="number")
    by: int = described("Year.")


@dataclass(frozen=True, kw_only=True)
class FollowUp(Node):
    """A second mapping: what is done about organisations of some levels."""

    group: Words = described("Name of the group.")
    levels: tuple[str, ...] = described("Levels of the group; `unrated` for none.")
    actions: tuple[Words, ...] = optional("What is done.", ())
