"""What is believable for the facts that all categories share, from the worst to the best."""

from __future__ import annotations

import datetime
from typing import Any

from believable import Draw, Drawing, between, graded, number, part_of, rated, share, spread
from happenings import Column, happening
from topics import TOPICS

from rules.syntax import Fact


def founded(drawing: Drawing, name: str, fact: Fact) -> Any:
    """Draw a founding day; a few organisations are younger than the period."""
    rng = drawing.rng(name)
    year = drawing.rule_set.period.to.year
    if not drawing.previous_level and rng.random() < 0.12:
        return datetime.date(year, rng.randint(2, 5), rng.randint(1, 28))
    return datetime.date(rng.randint(1992, year - 2), rng.randint(1, 12), rng.randint(1, 28))


def members(drawing: Drawing, name: str, fact: Fact) -> Any:
    """Draw how many members: many small branches, few large ones."""
    middle = {"government": 22, "soe": 28, "community": 55, "non_public": 12}
    rng = drawing.rng(name)
    return number(
        fact, max(4, middle.get(drawing.rule_set.category, 20) * rng.lognormvariate(0, 0.5))
    )


def committee_members(drawing: Drawing, name: str, fact: Fact) -> Any:
    """A branch of seven full members has a committee of three, five or seven."""
    full = drawing.number("full_members")
    if full < 7:
        return number(fact, 0)
    return number(fact, 3 if full < 20 else 5 if full < 50 else 7)


def party_groups(drawing: Drawing, name: str, fact: Fact) -> Any:
    """Groups of about a dozen members; small branches have none."""
    count = drawing.number("members")
    return number(fact, 0 if count < 15 else round(count / 12))


def group_meetings(drawing: Drawing, name: str, fact: Fact) -> Any:
    """One meeting a month of every group, less what was left out."""
    held = 0.55 + 0.47 * drawing.quality_in(name)
    return number(fact, min(1.0, held) * 12 * drawing.number("party_groups"))


def defence(drawing: Drawing, name: str, fact: Fact) -> Any:
    """Only those who may win the highest levels defend before the panel."""
    if drawing.quality < 0.8 or drawing.previous_level not in ("four_star", "five_star"):
        return None
    return rated(7, 70, 95)(drawing, name, fact)


_RANK = {"district": 8.0, "municipal": 1.0}
_MEDIA = {"district": 6.0, "municipal": 2.0, "provincial": 0.5}
_MATTERS = Column(
    texts=(
        "临江新区先进基层党组织",
        "临江新区党建创新案例一等奖",
        "市级文明单位",
        "全市最佳党日活动",
        "新区优秀书记项目",
        "市五一劳动奖状",
        "新区青年文明号",
        "新区抗台救灾集体嘉奖",
    )
)

SHARED: dict[str, Draw] = {
    "founded": founded,
    "members": members,
    "full_members": part_of("members", 0.9, 1.0),
    "committee_members": committee_members,
    "party_groups": party_groups,
    "action_branch": lambda drawing, name, fact: drawing.rng(name).random() < 0.55,
    "study_sessions": happening(5, 12.4, every=True, topic=TOPICS),
    "party_lectures": happening(
        1,
        4.2,
        every=True,
        lecturer=Column(
            worst={"invited": 2, "member": 2}, best={"secretary": 3, "leader": 1, "member": 1}
        ),
    ),
    "theme_days": happening(
        6,
        12.4,
        every=True,
        expected=Column(share_of="members", low=1, high=1),
        attended=Column(share_of="expected", low=0.6, high=0.98),
    ),
    "ideology_reviews": happening(0.6, 2.2, every=True, topic=TOPICS),
    "volunteers": share("members", 0.15, 0.95),
    "members_meetings": happening(2, 4.3, every=True, topic=TOPICS),
    "committee_meetings": happening(6, 12.4, every=True, topic=TOPICS),
    "group_meetings": group_meetings,
    "life_meetings": happening(0.4, 1.3, every=True, topic=TOPICS),
    "appraised_members": share("members", 0.75, 1.0),
    "late_dues_months": spread(2.2, -0.4),
    "election": graded("not_due", "not_due", "on_time", "on_time", "approved", "overdue"),
    "development_planned": between(0, 5),
    "development_done": share("development_planned", 0.5, 1.0),
    "development_faults": spread(1.4, -0.6),
    "milestones_due": between(4, 12),
    "milestones_met": share("milestones_due", 0.45, 1.0),
    "implementation": spread(1.2, 4),
    "innovation": spread(0, 2),
    "satisfaction": spread(0.7, 0.995),
    "defence": defence,
    "honours": happening(
        -0.5, 2.2, years=4, giver=Column(worst={"district": 1}, best=_RANK), matter=_MATTERS
    ),
    "publicity": happening(0, 9, medium=Column(worst={"district": 1}, best=_MEDIA)),
    "showcases": happening(-0.8, 1.2, years=3),
    "complaints": happening(
        0.9,
        -1,
        outcome=Column(worst={"fully": 1, "partly": 2}, best={"partly": 1}),
        matter=Column(texts=("服务态度生硬", "信息公开不及时")),
    ),
    "disciplined_members": spread(1, -1.2),
    "violations": happening(0, 0),
    "overdue_rectifications": spread(0.4, -2),
}
