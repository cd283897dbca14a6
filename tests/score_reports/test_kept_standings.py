"""A decided result is worked out again from what was kept with it, the group's values included."""

from __future__ import annotations

import pytest
from district import District
from flask.testing import FlaskClient
from reported import REPORTED_RULES, decide, make_reported_round, review
from sqlalchemy import update
from sqlalchemy.orm import Session

from evaluator.applications.models import Answer, Submission
from evaluator.rounds.models import Participant, Round

COMPARED = REPORTED_RULES.replace(
    "measures:\n",
    "measures:\n  best:\n    label: {zh: 最多志愿服务, en: Most services}\n"
    "    highest: {of: services, among: category}\n",
    1,
).replace(
    "rule:\n          formula: min(services * 2, 20)",
    "rule: {proportional: {measure: services, full_at: best, if_equal: 0}}",
)


@pytest.fixture
def made(session: Session, district: District) -> Round:
    return make_reported_round(session, district, rules=COMPARED)


@pytest.fixture
def compared(session: Session, district: District, made: Round) -> Participant:
    """Return a branch with half as many services as the best one."""
    review(session, made, district.west_one, services="10")
    return review(session, made, district.east_one, services="5")


def services(client: FlaskClient, participant: Participant) -> str:
    text = client.get(f"/score-reports/{participant.id}").text
    return text.split('id="indicator-services"')[1].split("</summary>")[0]


def test_what_is_compared_has_no_points_before_the_decision(
    officer: FlaskClient, compared: Participant
) -> None:
    assert "— / 20" in services(officer, compared)


def test_kept_values_of_the_group_stand_when_the_others_change(
    session: Session, officer: FlaskClient, compared: Participant
) -> None:
    decide(session, compared)
    assert "10 / 20" in services(officer, compared)
    other = '{"facts": {"services": "50", "brand": "true"}}'
    session.execute(update(Submission).values(content=other))
    session.execute(update(Answer).where(Answer.fact == "services").values(value="50"))
    session.commit()
    assert "10 / 20" in services(officer, compared)
