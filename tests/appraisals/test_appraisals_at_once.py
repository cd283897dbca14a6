"""Two people who set up appraisals, or print their slips, at the very same moment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from district import make_account, make_district, make_round
from flask import Flask
from flask.testing import FlaskClient
from service import sign_in_as
from simultaneous import own_service, post_at_once
from sqlalchemy import func, select

from evaluator.access import Role
from evaluator.appraisals.models import Appraisal, BallotCode
from evaluator.database import db
from evaluator.rounds.models import Participant

SET_UP = {"way": "codes", "share": "50"}


@pytest.fixture(params=["sqlite", "postgresql"])
def people(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[FlaskClient]]:
    """Yield two organisers of a district at their browsers."""
    with own_service(request, tmp_path) as app:
        yield two(app)


def two(app: Flask) -> list[FlaskClient]:
    with app.app_context():
        district = make_district(db.session)
        make_round(db.session, district)
        accounts = [
            make_account(db.session, Role.ORGANISER, district.root, name) for name in ("a", "b")
        ]
        return [sign_in_as(app, db.session, each) for each in accounts]


def count(people: list[FlaskClient], column: type[Appraisal | BallotCode | Participant]) -> int:
    with people[0].application.app_context():
        return db.session.scalar(select(func.count()).select_from(column)) or 0


def test_each_appraisal_is_set_up_once(people: list[FlaskClient]) -> None:
    answers = post_at_once(people, "/appraisals/set-up", [SET_UP, SET_UP])
    assert [each.status_code for each in answers] == [302, 302]
    assert count(people, Appraisal) == count(people, Participant)


def test_one_stack_of_slips_is_given_out(people: list[FlaskClient]) -> None:
    people[0].post("/appraisals/set-up", data=SET_UP)
    answers = post_at_once(people, "/appraisals/slips", [{}, {}])
    assert [each.status_code for each in answers] == [200, 409]
    with people[0].application.app_context():
        members = db.session.scalar(select(func.sum(Participant.members)))
    assert count(people, BallotCode) == members
