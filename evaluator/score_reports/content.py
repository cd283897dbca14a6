"""What a score report says, in the language of its reader; the page and the paper show the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from evaluator.rounds.models import Participant
from evaluator.score_reports.models import PlanItem
from reports.charts import Radar


@dataclass(frozen=True)
class FactRow:
    """A fact behind points: its value, who set it, and the reason or what stood there before."""

    label: str
    value: str
    who: str
    note: str = ""


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator with the points won, the rule, the reason, and its facts.

    `lost` is empty where nothing was lost or the points are not known; `is_open` says that there
    is something to read: points lost, or not known yet.
    """

    id: str
    title: str
    points: str
    most: str
    lost: str
    rule: Sequence[str]
    reason: str
    facts: Sequence[FactRow]
    is_open: bool


@dataclass(frozen=True)
class GroupRow:
    """A dimension or block with its points; `median` is empty where none is shown."""

    id: str
    title: str
    points: str
    most: str
    median: str
    indicators: Sequence[IndicatorRow]
    remark: str = ""

    @property
    def lost_count(self) -> int:
        """Return how many indicators lost points or wait."""
        return sum(each.is_open for each in self.indicators)


@dataclass(frozen=True)
class Condition:
    """A condition of a level besides its points, and whether it holds."""

    level: str
    words: str
    holds: bool


@dataclass(frozen=True)
class Suggestion:
    """Something that would bring the next level closer; `id` is what a plan knows it by."""

    id: str
    title: str
    worth: str
    how: str
    planned: PlanItem | None = None


@dataclass(frozen=True)
class Road:
    """The way to the next level: what is missing in words, and what would win it."""

    level: str
    lacking: Sequence[str]
    suggestions: Sequence[Suggestion]


@dataclass(frozen=True)
class Report:
    """A whole score report."""

    participant: Participant
    round_title: str
    category: str
    is_decided: bool
    decided_at: datetime | None
    basis: str
    level: str
    stars: int
    total: str
    most: str
    steps: Sequence[str]
    waiting: int
    """How many indicators have no points yet."""
    radar: Radar
    has_median: bool
    groups: Sequence[GroupRow]
    gates: Sequence[Condition]
    vetoes: Sequence[str]
    road: Road | None
    plan: Sequence[PlanItem]

    @property
    def others(self) -> Sequence[PlanItem]:
        """Return what stands in the plan and is none of the suggestions of this report."""
        shown = {
            each.planned.id for each in (self.road.suggestions if self.road else ()) if each.planned
        }
        return [each for each in self.plan if each.id not in shown]
