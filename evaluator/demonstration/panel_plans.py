"""Who sits on which panel of the demonstration, what it hears, and how it tends to judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SEATS = 5
"""The rule sets take a mean of five scores at least."""
MOST_CASES = 9
COMPETENCES: Sequence[Sequence[str]] = (
    ["基层治理"],
    ["党务", "基层治理"],
    ["党务"],
    ["财务"],
    ["基层治理", "两新党建"],
    ["党务", "财务"],
    ["党务", "机关党建"],
    ["机关党建"],
    ["财务", "国企党建"],
    ["国企党建", "两新党建"],
    ["党务"],
    ["两新党建"],
    ["党务", "两新党建"],
    ["财务"],
    ["两新党建", "基层治理"],
)
"""What each panellist understands, in the order of the people."""


@dataclass(frozen=True)
class PanelPlan:
    """A panel: its members by their place among the people, the chair, and its cases.

    `cases` says how many of each category are admitted; `calibrates` which of them all judge
    first; `closed_today` how many are over when the demonstration begins at the defence.
    `near` are the tendencies of its members beside `levels`, what its cases are worth.
    """

    name: str
    cases: Mapping[str, int]
    members: Sequence[int]
    chair: int
    wanted: Mapping[str, int]
    word: str
    levels: Sequence[int]
    near: Sequence[int]
    closed_today: int
    calibrates: int | None = None
    opens_next: bool = False
    """Whether the case after the closed ones is being heard."""

    @property
    def count(self) -> int:
        """Return how many cases it hears."""
        return sum(self.cases.values())


FIRST = PanelPlan(
    name="第一评审组",
    cases={"community": 7},
    members=(0, 1, 2, 3, 4, 5),
    chair=1,
    wanted={"党务": 1},
    word="秋分",
    levels=(88, 91, 86, 90, 84, 87, 89),
    near=(0, 1, -1, 2, 0, -2),
    closed_today=4,
    calibrates=6,
    opens_next=True,
)
PLANS = (
    FIRST,
    # Its members are far from one another, so that its figures say that they do not agree.
    PanelPlan(
        name="第二评审组",
        cases={"government": 2, "soe": 2},
        members=(6, 7, 8, 9, 10, 5),
        chair=6,
        wanted={"党务": 1, "财务": 1},
        word="寒露",
        levels=(86, 88, 85, 87),
        near=(3, -5, 1, 6, -4, 0),
        closed_today=2,
        calibrates=3,
    ),
    # One of its members judges everybody more severely than the others do.
    PanelPlan(
        name="第三评审组",
        cases={"non_public": 4},
        members=(11, 12, 13, 14, 3, 4),
        chair=12,
        wanted={"两新党建": 2},
        word="霜降",
        levels=(90, 83, 87, 79),
        near=(0, 1, -6, 1, 0, -1),
        closed_today=3,
    ),
)
"""All panels; members of the first help out on the others, and are never in two rooms at once."""
