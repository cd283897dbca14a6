"""Two reviewers at the very same moment, on a database of their own: one decides, one is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import psycopg
import pytest
from district import make_account, make_district, make_round
from flask import Flask
from reviewing import acting, case_of, sheet_of, submit
from service import DATABASES, service, sign_in_as
from sqlalchemy import func, make_url, select

from evaluator.access import Permission, Role
from evaluator.accounts.models import Account
from evaluator.applications.models import Application, ApplicationState
from evaluator.database import db
from evaluator.reviews.boards import find_board
from evaluator.reviews.models import FactReview, Recommendation, RecommendationList
from evaluator.rounds.models import Round


@pytest.fixture(params=DATABASES)
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """Yield a service whose database is its own: what is done at once must really be committed."""
    url = ""
    if request.param == "postgresql":
        server = make_url(request.getfixturevalue("postgresql"))
        plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{tmp_path.name}"')
        url = server.set(database=tmp_path.name).render_as_string(hide_password=False)
    app = service(tmp_path, url)
    yield app
    with app.app_context():
        db.engine.dispose()


def at_once(
    app: Flask, reviewers: list[Account], url: str, forms: list[dict[str, Any]]
) -> list[int]:
    """Return the statuses of forms that several people send at the same moment, lowest first."""
    clients = [sign_in_as(app, db.session, each) for each in reviewers]
    barrier, found = Barrier(len(clients)), []

    def send(client: Any, form: dict[str, Any]) -> None:
        barrier.wait()
        found.append(client.post(url, data=form).status_code)

    threads = [Thread(target=send, args=each) for each in zip(clients, forms, strict=True)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sorted(found)


def test_one_of_two_decisions_at_once_is_told_of_the_other(app: Flask) -> None:
    with app.app_context():
        district = make_district(db.session)
        make_round(db.session, district)
        who = submit(db.session, district.east_one)
        reviewers = [
            make_account(db.session, Role.COMMITTEE_REVIEWER, district.east, name)
            for name in ("one", "two")
        ]
        case = case_of(db.session, reviewers[0], who)
        forms = [sheet_of(case, "services", {"services": (value, "核实")}) for value in "67"]
        db.session.commit()
        url = f"/reviews/{who.id}/indicators/services"
        assert at_once(app, reviewers, url, forms) == [302, 409]
        assert db.session.scalar(select(func.count(FactReview.id))) == 1


def test_one_of_two_first_lists_at_once_is_told_of_the_other(app: Flask) -> None:
    with app.app_context():
        district = make_district(db.session)
        made = make_round(db.session, district)
        people = [submit(db.session, each) for each in (district.east_one, district.east_two)]
        for each in db.session.scalars(select(Application)):
            each.state = ApplicationState.REVIEWED
        reviewers = [
            make_account(db.session, Role.COMMITTEE_REVIEWER, district.east, name)
            for name in ("one", "two")
        ]
        db.session.commit()
        url = f"/reviews/recommendations/{district.east.id}/community"
        forms = [{"version": 0, "act": f"add-{each.id}"} for each in people]
        assert at_once(app, reviewers, url, forms) == [302, 409]
        actor = acting(reviewers[0])
        found = db.session.get_one(Round, made.id)
        choice = (district.east.id, "community")
        board = find_board(db.session, actor, Permission.SEE_REVIEWS, found, choice)
        assert board.version == 1
        assert db.session.scalar(select(func.count(RecommendationList.id))) == 1
        assert db.session.scalar(select(func.count(Recommendation.id))) == 1
