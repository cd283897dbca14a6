"""The rounds of the demonstration: the shipped rule sets, and calendars around today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.database import now
from evaluator.rounds.calendar import PlannedStep
from evaluator.rounds.models import Round
from evaluator.rounds.operations import choose_rule_sets, create_round, open_round, set_calendar
from evaluator.rule_sets.models import StoredRuleSet
from evaluator.rule_sets.operations import add_drafts, publish
from evaluator.rule_sets.shipped import shipped

ZONE = ZoneInfo("Asia/Shanghai")
Days = Mapping[str, tuple[int, int]]
DAYS: Days = {
    "self_assessment": (-12, 9),
    "appraisal": (-5, 14),
    "committee_review": (-2, 20),
    "site_check": (-1, 24),
    "defence": (25, 36),
    "joint_check": (37, 46),
    "decision": (47, 49),
    "public_notice": (50, 57),
    "award": (64, 65),
}
"""First and last day of each step, counted from today: everything that can be tried runs now."""
DAYS_OF_LAST_YEAR: Days = {
    name: (first - 365, last - 365)
    for name, (first, last) in DAYS.items()
    if name in ("self_assessment", "committee_review")
}


def publish_shipped(session: Session, actor: Actor, year: int) -> dict[str, StoredRuleSet]:
    """Publish the rule sets of a year that come with the program; return them by category."""
    drafts = [draft for name, draft in shipped().items() if name.startswith(f"{year}/")]
    stored = add_drafts(session, actor, drafts=drafts)
    for each in stored:
        session.flush()
        publish(session, actor, stored=each, version=each.version)
    return {each.category: each for each in stored}


def begin_round(
    session: Session,
    actor: Actor,
    year: int,
    rule_sets: Mapping[str, StoredRuleSet],
    days: Days = DAYS,
) -> Round:
    """Plan a round by days counted from today, and open it."""
    made = create_round(session, actor, year=year, title=f"{year}年度基层党组织星级评定")
    session.flush()
    chosen = {category: stored.id for category, stored in rule_sets.items()}
    choose_rule_sets(session, actor, made=made, version=made.version, chosen=chosen)
    session.flush()
    steps = [_step(name, first, last) for name, (first, last) in days.items()]
    set_calendar(session, actor, made=made, version=made.version, steps=steps)
    session.flush()
    open_round(session, actor, made=made, version=made.version)
    return made


def _step(name: str, first: int, last: int) -> PlannedStep:
    today = datetime.combine(now().astimezone(ZONE).date(), time(), ZONE)
    return PlannedStep(name, today + timedelta(days=first), today + timedelta(days=last + 1))
