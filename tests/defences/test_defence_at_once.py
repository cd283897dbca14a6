"""Several people at the same moment: nothing is lost, nothing counts twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hearing import Hearing, fields_of, make_hearing
from service import DATABASES, sign_in_as
from simultaneous import own_service, post_at_once
from sqlalchemy import func, select

from evaluator.applications.models import ApplicationState
from evaluator.audit.models import AuditLine
from evaluator.database import db
from evaluator.defences.models import ScoreSheet


@pytest.fixture(params=DATABASES)
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with own_service(request, tmp_path) as service:
        yield service


def test_sheets_handed_in_and_a_case_closed_at_once(app: Flask) -> None:
    with app.app_context():
        hearing = make_hearing(db.session)
        browsers = [sign_in_as(app, db.session, each) for each in hearing.accounts]
        for number in range(3):
            hearing.write(number, before=str(80 + number))
        db.session.commit()
        address = f"/defence/cases/{hearing.cases[0].id}"
    found = post_at_once(browsers, f"{address}/hand-in", [{"version": 1}] * 3)
    assert [each.status_code for each in found] == [302, 302, 302]
    closing = post_at_once([browsers[0]] * 2, f"{address}/close", [{}, {}])
    assert [each.status_code for each in closing] == [302, 409]
    with app.app_context():
        assert _closings() == 1


def _closings() -> int:
    query = select(func.count()).where(AuditLine.action == "application.close_case")
    return db.session.scalar(query) or 0


def test_two_devices_that_save_at_once_keep_both_fields(app: Flask) -> None:
    with app.app_context():
        hearing: Hearing = make_hearing(db.session)
        case, account = hearing.cases[0], hearing.accounts[0]
        devices = [sign_in_as(app, db.session, account) for _ in range(2)]
        marks = fields_of(devices[0], case)
        address = f"/defence/cases/{case.id}/autosave"
        assert hearing.state() is ApplicationState.IN_DEFENCE
        db.session.commit()
    barrier, answers = Barrier(2), []

    def save(device: FlaskClient, name: str, value: str) -> None:
        barrier.wait()
        sent = {name: {"value": value, "was": marks[f"w-{name}"]}}
        answers.append(device.post(address, json={"facts": sent}).status_code)

    given = [("before-defence", "80"), ("note", "清楚")]
    threads = [
        Thread(target=save, args=(device, *each))
        for device, each in zip(devices, given, strict=True)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with app.app_context():
        sheet = db.session.scalars(select(ScoreSheet)).one()
        assert (answers, sheet.before, sheet.note) == ([200, 200], {"defence": "80"}, "清楚")
