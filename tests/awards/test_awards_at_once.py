"""Two organisers at the same moment: everybody is awarded once, a proposal ends in one way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from awarded import Ended, make_ended
from flask import Flask
from flask.testing import FlaskClient
from service import DATABASES, sign_in_as
from simultaneous import own_service, post_at_once
from sqlalchemy import func, select

from evaluator.audit.models import AuditLine
from evaluator.awards.changing import propose
from evaluator.awards.models import Award, FollowUpTask
from evaluator.awards.ready import ready_on
from evaluator.database import db, now
from evaluator.notices.calendar import day_of
from evaluator.organisations.models import StandingLevel


@pytest.fixture(params=DATABASES)
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with own_service(request, tmp_path) as service:
        yield service


def organisers(app: Flask, ended: Ended) -> list[FlaskClient]:
    return [sign_in_as(app, db.session, each) for each in (ended.organiser, ended.second)]


def count(model: type[Award] | type[FollowUpTask] | type[StandingLevel]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_notice_awarded_twice_at_once_awards_everybody_once(app: Flask) -> None:
    with app.app_context():
        ended = make_ended(db.session)
        browsers, address = organisers(app, ended), f"/awards/notices/{ended.notice.id}"
        seen = ready_on(db.session, ended.notice).digest
    sent = {"seen": seen, "document": "8号", "awarded_on": day_of(now()).isoformat()}
    answers = post_at_once(browsers, address, [sent, sent])
    assert [each.status_code for each in answers] == [302, 409]
    with app.app_context():
        assert (count(Award), count(FollowUpTask), count(StandingLevel)) == (3, 4, 3)


def test_proposal_confirmed_twice_at_once_holds_once(app: Flask) -> None:
    with app.app_context():
        ended = make_ended(db.session)
        award = ended.award_all()["E1"]
        change = propose(
            db.session, ended.actor, award=award, to_level="", reason="问题", version=award.version
        )
        db.session.commit()
        browsers = [sign_in_as(app, db.session, ended.second) for _ in range(2)]
        address = f"/awards/{award.id}/changes/{change.id}/confirm"
        sent = {"confirm-version": award.version}
    answers = post_at_once(browsers, address, [sent, sent])
    assert [each.status_code for each in answers] == [302, 409]
    with app.app_context():
        query = select(func.count()).where(AuditLine.action == "award.confirm_change")
        assert db.session.scalar(query) == 1
