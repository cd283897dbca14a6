"""The whole rule set and the procedure of its round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rules.syntax.base import Formula, Node, Period, Words, described, optional
from rules.syntax.facts import Fact, Measure
from rules.syntax.levels import Eligibility, FollowUp, Levels, PopulationTarget, Quota, Veto
from rules.syntax.scoring import Block, CountOnce, Dimension, Scale

StepKind = Literal[
    "self_assessment",
    "appraisal",
    "committee_review",
    "site_check",
    "mutual_rating",
    "defence",
    "secretary_report",
    "joint_check",
    "decision",
    "higher_check",
    "public_notice",
    "award",
    "filing",
    "follow_up",
]


@dataclass(frozen=True, kw_only=True)
class Step(Node):
    """One step of the procedure, in the order of the list."""

    step: StepKind = described("Which step.")
    title: Words | None = optional("Title, where it differs from the usual one.")
    from_: date | None = optional("First day.", key="from")
    to: date | None = optional("Last day.")
    working_days: int | None = optional("Length in working days, as of a public notice.")
    share: str | None = optional(
        "Share of the organisations that go through the step.", as_="number"
    )
    self_claimed_level: bool = optional("Whether the organisation claims a level.", False)
    signed_by_secretary: bool = optional("Whether the secretary signs.", False)
    real_name_objections: bool = optional("Whether objections need a name.", False)
    note: Words | None = optional("Explanation.")


@dataclass(frozen=True, kw_only=True)
class Organisations(Node):
    """How organisations count that did not exist all year or merged."""

    part_year: Literal["in_full", "pro_rata", "not_rated"] = described(
        "Requirements hold in full, from the founding day on, or it is not rated."
    )
    founded: str | None = optional("Date fact with the founding day; needed but for in_full.")
    merged: Literal["mean", "highest", "lead_organisation"] = described(
        "What the history of a merged organisation is."
    )


@dataclass(frozen=True, kw_only=True)
class RuleSet(Node):
    """A rule set: everything by which one category is rated in one period."""

    rule_set: str = described("Short name of the rule set.")
    category: str = described("The category that it rates.")
    category_title: Words | None = optional(
        "Name of the category, as it stands in lists and on certificates."
    )
    issuer: Words | None = optional("Who awards the levels, as it stands on the certificates.")
    version: str = described("Version, such as 2026.1.", as_="text")
    title: Words = described("Title on screen and paper.")
    description: Words | None = optional("What it is for and where it comes from.")
    period: Period = described("The rated time.")
    rhythm: Literal["yearly", "two_yearly", "half_yearly", "quarterly", "monthly"] = optional(
        "How often a round is held.", "yearly"
    )
    scale: Scale = described("What the total is counted in.")
    organisations: Organisations = described("Organisations younger than the period, and merged.")
    facts: dict[str, Fact] = described("The facts, by short name.")
    measures: dict[str, Measure] = optional("Values worked out from facts.", {})
    dimensions: tuple[Dimension, ...] = described("The dimensions of the base.")
    blocks: tuple[Block, ...] = optional("Bonus and deduction blocks.", ())
    composition: Formula | None = optional(
        "How the total follows from `base`, dimensions and blocks; "
        "base plus bonuses minus deductions where not given."
    )
    count_once: tuple[CountOnce, ...] = optional("Facts that count once among several places.", ())
    eligibility: tuple[Eligibility, ...] = optional("Conditions for being rated.", ())
    vetoes: tuple[Veto, ...] = optional("Facts that overrule the score.", ())
    levels: Levels = described("The levels and how they are reached.")
    quotas: tuple[Quota, ...] = optional("Limits on the number of organisations of a level.", ())
    targets: tuple[PopulationTarget, ...] = optional("Shares aimed at over years.", ())
    procedure: tuple[Step, ...] = optional("Steps of the round, in order.", ())
    follow_up: tuple[FollowUp, ...] = optional("What is done about which levels.", ())
