"""Whoever is not rated, or never applied, is counted under words of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from district import District, make_account, make_district, make_round
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.applications.models import Application, ApplicationState
from evaluator.database import now
from evaluator.progress.words import stage_words
from evaluator.rounds.models import Participant, Round, RoundState

S = ApplicationState
STANDS = {"E1": S.DECIDED, "E2": S.UNRATED, "W1": S.DRAFT}


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


@pytest.fixture
def made(session: Session, district: District) -> Round:
    """Return a round whose self-assessment is over: one without a level, one never applied."""
    made, moment = make_round(session, district), now()
    for code, state in STANDS.items():
        participant = session.scalars(select(Participant).where(Participant.code == code)).one()
        session.add(
            Application(participant=participant, state=state, created_at=moment, changed_at=moment)
        )
    step = made.step("self_assessment")
    assert step is not None
    step.closes_at = moment - timedelta(minutes=1)
    session.commit()
    return made


def figures(page: str) -> dict[str, int]:
    """Return the figures of the start page by their words."""
    return {words: int(number) for words, number in re.findall(r">(\S+) (\d+)</(?:a|span)>", page)}


@pytest.mark.parametrize(
    ("role", "place", "expected"),
    [
        (Role.COMMITTEE_REVIEWER, "east", {"已审定": 1, "未评星级": 1}),
        (Role.COMMITTEE_REVIEWER, "west", {"填报未提交": 1, "未申报": 1}),
        (Role.ORGANISER, "root", {"已审定": 1, "未评星级": 1, "填报未提交": 1, "未申报": 1}),
    ],
)
def test_start_page_counts_each_under_its_own_words(
    session: Session, made: Round, district: District, browser_of: Callable[[Account], FlaskClient],
    role: Role, place: str, expected: dict[str, int],
) -> None:  # fmt: skip
    client = browser_of(make_account(session, role, getattr(district, place)))
    found = figures(client.get("/").text)
    assert {words: number for words, number in found.items() if number} == expected


def test_those_without_a_level_are_listed_by_themselves(
    session: Session, made: Round, district: District, browser_of: Callable[[Account], FlaskClient]
) -> None:
    client = browser_of(make_account(session, Role.COMMITTEE_REVIEWER, district.east))
    listed = {
        stage: re.findall(
            r"(..)社区党支部</a>", client.get(f"/progress/participants?stage={stage}").text
        )
        for stage in ("decided", "unrated")
    }
    assert listed == {"decided": ["东一"], "unrated": ["东二"]}


def test_nobody_is_said_to_be_late_before_the_self_assessment_is_over(
    session: Session, made: Round
) -> None:
    step = made.step("self_assessment")
    assert step is not None
    before = stage_words(made, step.closes_at - timedelta(seconds=1))
    assert (str(before["not_started"]), str(before["draft"])) == ("未开始", "填报中")
    made.state = RoundState.CLOSED
    after = stage_words(made, step.closes_at - timedelta(seconds=1))
    assert str(after["not_started"]) == "未申报"
