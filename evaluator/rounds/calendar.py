"""The calendar of a round: a proposal from its rule sets, and what looks wrong with it.

Moments are kept in UTC and said in the time of the district. A step that closes at midnight is
said to last until 24:00 of its last day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import get_args
from zoneinfo import ZoneInfo

from flask_babel import format_date, gettext

from evaluator.web.languages import language
from evaluator.web.showing import deadline
from rules.describe.language import pick
from rules.describe.quota_lines import STEPS
from rules.syntax import RuleSet
from rules.syntax.rule_set import StepKind

ZONE = ZoneInfo("Asia/Shanghai")
KINDS: tuple[str, ...] = get_args(StepKind)
"""Every step that a round can have, in the usual order."""
AFTER = {
    "committee_review": "self_assessment",
    "defence": "committee_review",
    "joint_check": "committee_review",
    "decision": "joint_check",
    "public_notice": "decision",
    "award": "public_notice",
    "filing": "award",
}
"""Steps that should begin only when another one is over."""


@dataclass(frozen=True)
class PlannedStep:
    """A step with its first moment and the moment from which on it is over."""

    step: str
    opens_at: datetime
    closes_at: datetime


def step_title(step: str) -> str:
    """Return what a step is called."""
    return pick(language(), *STEPS[step]) if step in STEPS else step


def first_moment(day: date) -> datetime:
    """Return 00:00 of a day of the district."""
    return datetime.combine(day, time(), ZONE)


def proposed(rule_sets: Iterable[RuleSet]) -> list[PlannedStep]:
    """Return the steps that rule sets date, from the earliest first to the latest last day."""
    days: dict[str, list[date]] = {}
    for step in (step for rule_set in rule_sets for step in rule_set.procedure):
        days.setdefault(step.step, []).extend(day for day in (step.from_, step.to) if day)
    return in_order(
        PlannedStep(step, first_moment(min(dated)), first_moment(max(dated) + timedelta(days=1)))
        for step, dated in days.items()
        if dated
    )


def in_order(steps: Iterable[PlannedStep]) -> list[PlannedStep]:
    """Return steps in the order in which they begin, those of one moment in the usual one."""
    return sorted(steps, key=lambda each: (each.opens_at, KINDS.index(each.step)))


def warnings(steps: Sequence[PlannedStep]) -> list[str]:
    """Return in words what looks wrong; none of it is forbidden."""
    return [*_early(steps), *_out_of_order(steps), *_without_self_assessment(steps)]


def _early(steps: Sequence[PlannedStep]) -> Iterator[str]:
    """Yield steps that overlap with one that they build on."""
    found = {each.step: each for each in steps}
    pairs = [each for each in AFTER.items() if found.keys() >= set(each)]
    for later, earlier in pairs:
        if found[later].opens_at < found[earlier].closes_at:
            yield gettext(
                "“%(later)s” begins before “%(earlier)s” is over (%(moment)s).",
                later=step_title(later),
                earlier=step_title(earlier),
                moment=last_moment_words(found[earlier].closes_at),
            )


def _out_of_order(steps: Sequence[PlannedStep]) -> Iterator[str]:
    for one, other in pairwise(sorted(steps, key=lambda each: KINDS.index(each.step))):
        if other.opens_at < one.opens_at and AFTER.get(other.step) != one.step:
            yield gettext(
                "“%(later)s” usually follows “%(earlier)s”, but begins before it.",
                later=step_title(other.step),
                earlier=step_title(one.step),
            )


def _without_self_assessment(steps: Sequence[PlannedStep]) -> Iterator[str]:
    if "self_assessment" not in {each.step for each in steps}:
        yield gettext("The calendar has no self-assessment; the round cannot be opened so.")


def moment_words(moment: datetime) -> str:
    """Return a moment in the time of the district, to the minute."""
    local = moment.astimezone(ZONE)
    return f"{format_date(local.date(), 'long')} {local:%H:%M}"


def last_moment_words(moment: datetime) -> str:
    """Return the moment at which something ends; midnight is 24:00 of the day before."""
    return deadline(moment)
