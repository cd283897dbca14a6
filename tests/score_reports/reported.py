"""Reviewed and decided branches to report on, and a rule set with three dimensions for a radar."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from district import RULES, District, make_organisation, make_participant, make_rule_set
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Grant, Role
from evaluator.applications.models import (
    Answer,
    Application,
    ApplicationState,
    Origin,
    Submission,
)
from evaluator.database import now
from evaluator.decisions.models import Basis, Decision
from evaluator.decisions.pinned import pinned
from evaluator.decisions.scored import board_for
from evaluator.organisations.models import Organisation
from evaluator.records.models import KnownFact
from evaluator.rounds.models import Participant, Round, RoundRuleSet, RoundState, RoundStep

DEFENCE = """\
  defence:
    label: {zh: 答辩评分, en: Ratings of the defence}
    type: ratings
    max: 100
    places: 1
    source: {panel: defence}
measures:
  defence_mean:
    label: {zh: 答辩均分, en: Mean of the defence}
    mean: {ratings: defence, drop_highest: 1, drop_lowest: 1, at_least: 3}
dimensions:
"""
SHOWN = """\
  - id: shown
    title: {zh: 集中答辩, en: Defence}
    points: 20
    indicators:
      - id: defence
        title: {zh: 集中答辩, en: Defence}
        points: 20
        missing: zero
        rule: {formula: defence_mean / 5}
levels:
"""
TARGETS = """\
targets:
  - {level: three_star, share: 80%, by: 2027}
  - {level: five_star, share: 25%, by: 2028}
levels:
"""
REPORTED_RULES = (
    RULES.replace("scale: {total: 100}", "scale: {total: 120}")
    .replace("dimensions:\n", DEFENCE, 1)
    .replace("levels:\n", SHOWN, 1)
    .replace("levels:\n", TARGETS, 1)
)
STATED = {"services": "10", "brand": "true"}
KNOWN: dict[str, tuple[Any, str]] = {
    "meetings": ("4", "record: members_meetings"),
    "attitude": ({"value": "15", "reason": "材料齐全"}, "review"),
    "satisfied": ("90%", "appraisal"),
}
"""40 + 20 + 10 + 15 + 9 points of 120 without a defence: 94, five stars."""


def make_reported_round(
    session: Session, district: District, year: int = 2026, rules: str = REPORTED_RULES
) -> Round:
    """Add an open round with the branches of the district, none of which has applied."""
    moment = now()
    made = Round(year=year, title=f"{year}年度评定", state=RoundState.OPEN, opened_at=moment)
    stored = make_rule_set(session, rules)
    made.rule_sets.append(RoundRuleSet(category="community", stored=stored))
    step = RoundStep(
        step="decision",
        position=0,
        opens_at=moment - timedelta(days=1),
        closes_at=moment + timedelta(days=1),
    )
    made.steps.append(step)
    session.add(made)
    for branch in (district.east_one, district.east_two, district.west_one, district.west_two):
        session.add(make_participant(made, branch))
    session.commit()
    return made


def more_branches(session: Session, district: District, made: Round, count: int) -> list[Any]:
    """Add branches to the west, all taking part and reviewed."""
    found = []
    for number in range(count):
        branch = make_organisation(session, f"W{number + 3}", f"西{number}支部", district.west)
        session.add(make_participant(made, branch))
        session.commit()
        found.append(review(session, made, branch, services=str(number)))
    return found


def participant_of(session: Session, made: Round, branch: Organisation) -> Participant:
    """Return a branch in a round."""
    query = select(Participant).where(
        Participant.round_id == made.id, Participant.organisation_id == branch.id
    )
    return session.scalars(query).one()


def review(
    session: Session,
    made: Round,
    branch: Organisation,
    state: ApplicationState = ApplicationState.REVIEWED,
    known: Mapping[str, tuple[Any, str]] = KNOWN,
    **facts: str,
) -> Participant:
    """Add the application of a branch, in some state; a fact may be stated otherwise."""
    participant, moment = participant_of(session, made, branch), now()
    stated = {**STATED, **facts}
    application = Application(
        participant=participant, state=state, created_at=moment, changed_at=moment,
        submitted_at=moment,
    )  # fmt: skip
    application.answers = [
        Answer(fact=name, value=value, origin=Origin.GIVEN, changed_at=moment)
        for name, value in stated.items()
    ]
    application.submissions.append(
        Submission(
            number=1,
            at=moment,
            secretary="张三",
            content=json.dumps({"facts": stated}),
            digest=f"{participant.id}",
            pdf_key="",
        )
    )
    session.add(application)
    for name, (value, source) in known.items():
        know(session, made, branch, name, value, source)
    session.commit()
    return participant


def know(
    session: Session, made: Round, branch: Organisation, name: str, value: Any, source: str
) -> None:
    """Let a fact of a branch be known."""
    moment = now()
    session.add(
        KnownFact(
            organisation_id=branch.id, year=made.year, fact=name, value=value, source=source,
            as_of=moment.date(), brought_at=moment,
        )
    )  # fmt: skip
    session.commit()


def decide(
    session: Session,
    participant: Participant,
    level: str | None = None,
    state: ApplicationState = ApplicationState.ON_NOTICE,
) -> Decision:
    """Add the decision on a participant as the rules come to it, or another level."""
    made = participant.round
    found = pinned(board_for(session, made, participant.category), participant.code)
    decision = Decision(
        participant=participant,
        level=found.level if level is None else level,
        computed=found.level,
        basis=Basis.COMPUTED if level is None else Basis.DEVIATION,
        reason="" if level is None else "内部理由",
        total=found.total,
        rule_set=found.rule_set,
        result=found.result,
        digest=found.digest,
        proposed_at=now(),
        confirmed_at=now(),
    )
    session.add(decision)
    application = session.scalars(
        select(Application).where(Application.participant_id == participant.id)
    ).one()
    application.state = state
    session.commit()
    return decision


def acting(role: Role, path: str = "/") -> Actor:
    """Return somebody who acts with a role at a place."""
    return Actor(None, "某人", (Grant(role, path),))
