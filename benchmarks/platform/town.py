"""A district of any size in mid-round, written straight into the tables.

Organisations and their records repeat the sample round. A dozen facts that records would know are
left out, so that branches have something to type.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.accounts.models import Account, RoleGrant, SignIn
from evaluator.accounts.sessions import LASTS, token_digest
from evaluator.database import now
from evaluator.demonstration.calendar import publish_shipped
from evaluator.files import Submission, read_round
from evaluator.organisations.models import Kind, Organisation, Tier
from evaluator.organisations.values import plain
from evaluator.records.models import KnownFact
from evaluator.rounds.models import Participant, Round, RoundRuleSet, RoundState, RoundStep
from evaluator.rule_sets.models import StoredRuleSet
from evaluator.rule_sets.reading import rule_set_of
from rules.syntax import RuleSet

SAMPLE = Path(__file__).parents[2] / "examples/2026/round.xlsx"
YEAR, COMMITTEES = 2026, 19
CATEGORY = "community"
LEFT_OUT = (
    "volunteers",
    "group_meetings",
    "appraised_members",
    "late_dues_months",
    "milestones_met",
    "requests_repeated",
    "household_leaders",
    "grid_solved",
    "problems_solved",
    "members_serving",
    "venue_services",
    "volunteer_services",
)
KNOWN = ("record", "office", "imported")
_STEPS = ("self_assessment", "committee_review")


@dataclass(frozen=True)
class Desk:
    """A branch at work: its participant, its browser's cookie, and what it will type."""

    participant_id: int
    cookie: str
    answers: dict[str, str]


def settle(app: Flask, session: Session, branches: int) -> list[Desk]:
    """Fill an empty database with so many branches in an open round; return their desks."""
    stored = publish_shipped(session, Actor.system(), YEAR)
    read = {category: rule_set_of(each) for category, each in stored.items()}
    sample = [each for each in read_round(SAMPLE, read) if each.organisation.category == CATEGORY]
    made = _round(session, stored[CATEGORY])
    committees = _committees(session)
    desks = []
    for number in range(branches):
        model = sample[number % len(sample)]
        participant, account = _branch(
            session, made, committees[number % COMMITTEES], model, number
        )
        session.execute(
            insert(KnownFact), list(_known(participant.organisation_id, model, read[CATEGORY]))
        )
        desks.append(_desk(app, session, participant, account, model))
    session.commit()
    return desks


def _round(session: Session, stored: StoredRuleSet) -> Round:
    moment = now()
    made = Round(year=YEAR, title=f"{YEAR}", state=RoundState.OPEN, opened_at=moment)
    made.rule_sets.append(RoundRuleSet(category=CATEGORY, stored=stored))
    for position, step in enumerate(_STEPS):
        made.steps.append(
            RoundStep(
                step=step,
                position=position,
                opens_at=moment - timedelta(days=1),
                closes_at=moment + timedelta(days=9),
            )
        )
    session.add(made)
    session.flush()
    return made


def _committees(session: Session) -> list[Organisation]:
    district = _organisation("D", "区", Tier.DISTRICT, None)
    session.add(district)
    session.flush()
    district.path = f"/{district.id}/"
    found = [
        _organisation(f"C{number}", f"第{number}党工委", Tier.COMMITTEE, district)
        for number in range(COMMITTEES)
    ]
    session.add_all(found)
    session.flush()
    for each in found:
        each.path = f"{district.path}{each.id}/"
    return found


def _organisation(
    code: str, name: str, tier: Tier, parent: Organisation | None, **more: Any
) -> Organisation:
    kind = Kind.BRANCH if tier is Tier.BRANCH else Kind.WORKING_COMMITTEE
    parent_id = parent.id if parent else None
    return Organisation(
        code=code, name=name, sort_key=code, tier=tier, kind=kind, parent_id=parent_id, **more
    )


def _branch(
    session: Session, made: Round, committee: Organisation, model: Submission, number: int
) -> tuple[Participant, Account]:
    attributes = {name: plain(value) for name, value in model.organisation.attributes.items()}
    founded = date.fromisoformat(str(attributes.pop("founded")))
    frozen = {
        "category": CATEGORY,
        "members": int(str(attributes.pop("members"))),
        "founded": founded,
        "secretary": "李明",
        "attributes": attributes,
    }
    organisation = _organisation(f"B{number}", f"第{number}支部", Tier.BRANCH, committee, **frozen)
    session.add(organisation)
    session.flush()
    organisation.path = f"{committee.path}{organisation.id}/"
    participant = Participant(
        round_id=made.id,
        organisation_id=organisation.id,
        path=organisation.path,
        code=organisation.code,
        name=organisation.name,
        sort_key=organisation.code,
        kind=organisation.kind,
        committee_id=committee.id,
        committee=committee.name,
        previous_level=model.organisation.previous_level,
        years_at_level=model.organisation.years_at_level,
        **frozen,
    )
    account = Account(login_name=f"b{number}", name=f"申报员{number}", created_at=now())
    account.grants.append(RoleGrant(role=Role.BRANCH_OFFICER.value, organisation=organisation))
    session.add_all([participant, account])
    session.flush()
    return participant, account


def _known(organisation_id: int, model: Submission, rule_set: RuleSet) -> Iterator[dict[str, Any]]:
    moment = now()
    for name, fact in rule_set.facts.items():
        if fact.source.kind in KNOWN and name in model.facts and name not in LEFT_OUT:
            yield {
                "organisation_id": organisation_id,
                "year": YEAR,
                "fact": name,
                "value": plain(model.facts[name]),
                "source": f"{fact.source.kind}: {fact.source.detail}",
                "as_of": date(YEAR, 12, 31),
                "brought_at": moment,
                "account_id": None,
            }


def _desk(
    app: Flask, session: Session, participant: Participant, account: Account, model: Submission
) -> Desk:
    answers = {name: str(model.facts[name]) for name in LEFT_OUT if name in model.facts}
    return Desk(participant.id, _cookie(app, session, account), answers)


def organiser_cookie(app: Flask, session: Session) -> str:
    """Return the cookie of somebody who sees the whole district."""
    district = session.scalars(select(Organisation).where(Organisation.parent_id.is_(None))).one()
    account = Account(login_name="organiser", name="组织员", created_at=now())
    account.grants.append(RoleGrant(role=Role.ORGANISER.value, organisation=district))
    session.add(account)
    session.flush()
    return _cookie(app, session, account)


def _cookie(app: Flask, session: Session, account: Account) -> str:
    """Sign an account in, and return the cookie of its browser."""
    token, moment = f"token {account.id}", now()
    session.add(
        SignIn(
            token_hash=token_digest(token),
            account_id=account.id,
            started_at=moment,
            seen_at=moment,
            ends_at=moment + LASTS,
            second_factor_at=moment,
            confirmed_at=moment,
            address="127.0.0.1",
            browser="load",
        )
    )
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return str(serializer.dumps({"sign_in": token, "_permanent": True}))
