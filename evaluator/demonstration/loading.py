"""The demonstration put together, once, into an empty database, up to the step that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.demonstration.calendar import (
    DAYS_OF_LAST_YEAR,
    Step,
    begin_round,
    days_at,
    publish_shipped,
)
from evaluator.demonstration.clock import Clock
from evaluator.demonstration.first_half import FirstHalf
from evaluator.demonstration.knowledge import bring_records, without_late
from evaluator.demonstration.last_results import enter_facts, facts_a_year_ago
from evaluator.demonstration.last_year import take_over_last_year
from evaluator.demonstration.own_branch import with_good_year
from evaluator.demonstration.people import Cast, Person, add_people, guess_a_password
from evaluator.demonstration.register import Register
from evaluator.demonstration.second_half import SecondHalf
from evaluator.demonstration.stages import OWN, planned
from evaluator.files import Submission, read_round
from evaluator.organisations.models import Organisation
from evaluator.rule_sets.models import StoredRuleSet
from evaluator.rule_sets.reading import rule_set_of
from rules.syntax import RuleSet

YEAR = 2026
NAME = "示例载入"
"""Who stands in the log for whatever the people of the demonstration have done so far."""
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Loaded:
    """Who can sign in, and codes with which anybody can appraise, or follow an objection."""

    step: Step
    people: Sequence[Person]
    codes: Sequence[str]
    objections: Sequence[str] = ()


@dataclass(frozen=True)
class _Ground:
    """What is there before this year's round: the register, the rules and the people."""

    actor: Actor
    clock: Clock
    stored: Mapping[str, StoredRuleSet]
    rule_sets: Mapping[str, RuleSet]
    submissions: Sequence[Submission]
    register: Register
    cast: Cast


def load(
    session: Session, workbook: Path, step: Step = Step.REVIEW, tell: Tell = lambda words: None
) -> Loaded:
    """Fill an empty database, and return how to get in; `tell` hears which part is loaded."""
    clock = Clock()
    with clock.running():
        tell("规则集与党组织名册 rule sets and register")
        ground = _lay_ground(session, clock, workbook, step)
        tell("上一年度评定 last year's round")
        _load_last_year(session, ground)
        codes, objections = _load_this_year(session, ground, step, tell)
        guess_a_password(session)
    return Loaded(step, ground.cast.people, codes, objections)


def _lay_ground(session: Session, clock: Clock, workbook: Path, step: Step) -> _Ground:
    actor, first = Actor.system(NAME), DAYS_OF_LAST_YEAR["self_assessment"][0]
    clock.go_to(first - 40)
    stored = publish_shipped(session, actor, YEAR)
    read = {category: rule_set_of(each) for category, each in stored.items()}
    rows = with_good_year(read_round(workbook, read), gaps=step is Step.REVIEW)
    clock.go_to(first - 30)
    register = Register(session, actor, YEAR)
    register.enter(rows)
    session.flush()
    clock.go_to(first - 25)
    cast = add_people(session, actor, _places(session, register.found))
    return _Ground(actor, clock, stored, read, rows, register, cast)


def _load_last_year(session: Session, ground: _Ground) -> None:
    ground.clock.go_to(DAYS_OF_LAST_YEAR["self_assessment"][0] - 20)
    facts = facts_a_year_ago(ground.submissions, ground.rule_sets)
    enter_facts(session, ground.actor, ground.register.found, ground.rule_sets, facts, YEAR - 1)
    take_over_last_year(
        session,
        ground.actor,
        ground.clock,
        ground.cast,
        YEAR - 1,
        ground.stored,
        {each.organisation.id: each.organisation.previous_level for each in ground.submissions},
    )


def _load_this_year(
    session: Session, ground: _Ground, step: Step, tell: Tell
) -> tuple[Sequence[str], Sequence[str]]:
    """Load this year's round up to a step; return codes to appraise with, and to follow by."""
    clock, days = ground.clock, days_at(step)
    clock.go_to(days["self_assessment"][0] - 12)
    tell("台账数据 known facts")
    # Whoever was founded in the meantime took no part in last year's round.
    ground.register.enter(ground.submissions)
    session.flush()
    rows = ground.submissions
    known = without_late(rows) if step is Step.DECISION else rows
    bring_records(session, ground.actor, known, ground.rule_sets, YEAR)
    made = begin_round(session, ground.actor, clock, YEAR, ground.stored, days)
    plan = planned(ground.submissions, step)
    codes = FirstHalf(session, ground.actor, clock, made, plan, step).bring_on(tell)
    if step is Step.REVIEW:
        return codes, ()
    half = SecondHalf(session, ground.actor, clock, ground.cast, made, step)
    return codes, half.bring_on(tell)


def _places(
    session: Session, organisations: Mapping[str, Organisation]
) -> dict[Role, Organisation]:
    """Return where each role stands: the reviewer over the branch, all others over the district."""
    branch = organisations[OWN]
    committee = session.get_one(Organisation, branch.parent_id)
    district = session.get_one(Organisation, committee.parent_id)
    places = dict.fromkeys(Role, district)
    return {**places, Role.BRANCH_OFFICER: branch, Role.COMMITTEE_REVIEWER: committee}
