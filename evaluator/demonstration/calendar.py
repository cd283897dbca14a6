"""The rounds of the demonstration: the shipped rule sets, and calendars around today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.demonstration.clock import ZONE, Clock
from evaluator.rounds.calendar import PlannedStep
from evaluator.rounds.models import Round
from evaluator.rounds.operations import choose_rule_sets, create_round, open_round, set_calendar
from evaluator.rule_sets.models import StoredRuleSet
from evaluator.rule_sets.operations import add_drafts, publish
from evaluator.rule_sets.shipped import shipped


class Step(StrEnum):
    """Where the demonstration begins: everything before it is done."""

    REVIEW = "review"
    DEFENCE = "defence"
    DECISION = "decision"
    NOTICE = "notice"
    AWARD = "award"

    def has_come(self, other: Step) -> bool:
        """Return whether another step is reached when the demonstration begins at this one."""
        return list(Step).index(self) >= list(Step).index(other)


Days = Mapping[str, tuple[int, int]]
DAYS: Days = {
    "self_assessment": (0, 21),
    "appraisal": (7, 26),
    "committee_review": (10, 32),
    "site_check": (11, 36),
    "defence": (37, 48),
    "joint_check": (49, 58),
    "decision": (59, 62),
    "public_notice": (63, 81),
    "award": (84, 90),
}
"""First and last day of each step, counted from the first day of the round.

The notice has room for its five working days even where the longest holidays fall among them.
"""
TODAY: Mapping[Step, int] = {
    Step.REVIEW: 15,
    Step.DEFENCE: 41,
    Step.DECISION: 61,
    Step.NOTICE: 64,
    Step.AWARD: 86,
}
"""Which day of the round today is, so that the chosen step runs now."""
DAYS_OF_LAST_YEAR: Days = {
    name: (first - 430, last - 430)
    for name, (first, last) in DAYS.items()
    if name in ("self_assessment", "committee_review", "decision", "public_notice", "award")
}
"""Counted from today. It was awarded 345 days ago: what is audited every year is due this month."""


def days_at(step: Step) -> Days:
    """Return the days of this year's round counted from today."""
    return {name: (first - TODAY[step], last - TODAY[step]) for name, (first, last) in DAYS.items()}


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
    clock: Clock,
    year: int,
    rule_sets: Mapping[str, StoredRuleSet],
    days: Days,
) -> Round:
    """Plan a round by days counted from today, and open it on its first day."""
    first = min(begins for begins, _ in days.values())
    clock.go_to(first - 10)
    made = create_round(session, actor, year=year, title=f"{year}年度基层党组织星级评定")
    session.flush()
    chosen = {category: stored.id for category, stored in rule_sets.items()}
    choose_rule_sets(session, actor, made=made, version=made.version, chosen=chosen)
    session.flush()
    steps = [_step(clock, name, *both) for name, both in days.items()]
    set_calendar(session, actor, made=made, version=made.version, steps=steps)
    session.flush()
    clock.go_to(first, time(0, 5))
    open_round(session, actor, made=made, version=made.version)
    return made


def _step(clock: Clock, name: str, first: int, last: int) -> PlannedStep:
    today = datetime.combine(clock.today, time(), ZONE)
    return PlannedStep(name, today + timedelta(days=first), today + timedelta(days=last + 1))
