"""Submitted applications to review, and the forms that reviewers send."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from district import District
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.accounts.models import Account
from evaluator.accounts.sessions import actor_of
from evaluator.applications.models import (
    Answer,
    Application,
    ApplicationState,
    Origin,
    Submission,
)
from evaluator.database import now
from evaluator.organisations.models import Organisation
from evaluator.records.models import KnownFact
from evaluator.reviews.case import Case
from evaluator.reviews.queries import find_case
from evaluator.rounds.models import Participant

FACTS = {"services": "12", "brand": "true", "meetings": "4"}


def participant_of(session: Session, branch: Organisation) -> Participant:
    """Return a branch as it takes part."""
    query = select(Participant).where(Participant.organisation_id == branch.id)
    return session.scalars(query).one()


def submit(
    session: Session,
    branch: Organisation,
    facts: Mapping[str, Any] = FACTS,
    *,
    waited: int = 1,
    by: Account | None = None,
) -> Participant:
    """Add an application as its branch submitted it some days ago, or submit it again."""
    participant = participant_of(session, branch)
    application = session.scalars(
        select(Application).where(Application.participant_id == participant.id)
    ).one_or_none()
    moment = now() - timedelta(days=waited)
    if application is None:
        application = Application(participant=participant, created_at=moment, changed_at=moment)
        session.add(application)
    application.state, application.submitted_at = ApplicationState.SUBMITTED, moment
    application.answers = []
    session.flush()
    application.answers = [
        Answer(fact=name, value=value, origin=Origin.GIVEN, changed_at=moment)
        for name, value in facts.items()
    ]
    number = len(application.submissions) + 1
    application.submissions.append(
        Submission(
            number=number,
            at=moment,
            account_id=by.id if by else None,
            secretary="张三",
            content=json.dumps({"facts": dict(facts)}, ensure_ascii=False),
            digest=f"{participant.id}-{number}",
            pdf_key="",
        )
    )
    session.commit()
    return participant


def know(session: Session, branch: Organisation, fact: str, value: Any, source: str) -> None:
    """Add what the platform knows of a branch."""
    moment = now()
    session.add(
        KnownFact(
            organisation_id=branch.id,
            year=2026,
            fact=fact,
            value=value,
            source=source,
            as_of=moment.date(),
            brought_at=moment,
        )
    )
    session.commit()


def case_of(session: Session, account: Account, participant: Participant) -> Case:
    """Return an application as somebody sees its review."""
    return find_case(session, acting(account), Permission.SEE_REVIEWS, participant.id)


def acting(account: Account) -> Actor:
    """Return an account as it acts."""
    return actor_of(account, "127.0.0.1")


def sheet_of(
    case: Case, unit_id: str, values: Mapping[str, tuple[str, str]] | None = None, **more: Any
) -> dict[str, Any]:
    """Return the form of an indicator as a browser sends it: what stands, but for some values."""
    from evaluator.reviews.filling import changeable

    unit, own = case.units[unit_id], case.indicators.get(unit_id)
    data: dict[str, Any] = {
        "submission": case.submission,
        "version": own.version if own else 0,
        "act": "accept",
    }
    for number, name in enumerate(changeable(case, unit)):
        review = case.facts.get(name)
        stands = case.reviewed.get(name)
        value = stands.get("value") if isinstance(stands, dict) else stands
        typed = (values or {}).get(name, (value or "", review.reason if review else ""))
        data[f"fact_{number}-version"] = review.version if review else 0
        data[f"fact_{number}-value"], data[f"fact_{number}-reason"] = typed
    return {**data, **more}


def decide_all(session: Session, browser: FlaskClient, account: Account, who: Participant) -> None:
    """Accept everything as stated, and judge the file with 15 points."""
    for group in ("life", "service", "conditions"):
        case = case_of(session, account, who)
        browser.post(f"/reviews/{who.id}/dimensions/{group}", data={"version": case.version})
    case = case_of(session, account, who)
    form = sheet_of(case, "attitude", {"attitude": ("15", "材料齐全")})
    answer = browser.post(f"/reviews/{who.id}/indicators/attitude", data=form)
    assert answer.status_code == 302, answer.text
    session.expire_all()


def branches(district: District) -> tuple[Organisation, ...]:
    """Return all branches of the district."""
    return district.east_one, district.east_two, district.west_one, district.west_two
