"""The same request several times at the same moment, on real databases: it is done once."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from furnished import Furnished, blank_pdf, furnish
from programs import ROOT, Program
from service import service
from sqlalchemy import create_engine, func, make_url, select, text
from werkzeug.test import TestResponse

from evaluator.api.models import IdempotencyKey
from evaluator.database import db
from evaluator.evidence.models import EvidenceFile
from evaluator.organisations.models import Organisation

AT_ONCE = 5


@pytest.fixture(params=["sqlite", "postgresql"])
def own_service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """Yield a service with a database of its own, in which what is committed stays."""
    url = request.getfixturevalue("postgresql") if request.param == "postgresql" else ""
    made = service(tmp_path, _new_database(url) if url else "")
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def things(own_service: Flask) -> Iterator[Furnished]:
    with own_service.app_context():
        yield furnish(db.session)
        db.session.close()


def _new_database(url: str) -> str:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        name = f"interface_{secrets.token_hex(8)}"
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def at_once(app: Flask, headers: dict[str, str], path: str, **sent: Any) -> list[TestResponse]:
    """Send the same request several times at the same moment."""
    start = Barrier(AT_ONCE)

    def send(_number: int) -> TestResponse:
        client = app.test_client()
        start.wait()
        return client.post(f"{ROOT}{path}", headers={**headers, "Idempotency-Key": "same"}, **sent)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(send, range(AT_ONCE)))


def test_organisation_is_entered_once(own_service: Flask, things: Furnished) -> None:
    parent = things.district.east.id
    body = {"code": "E3", "parent_id": parent, "name": "东三", "kind": "branch", "reason": "新"}
    answers = at_once(own_service, things.organiser, "/organisations", json=body)
    assert {(each.status_code, each.data) for each in answers} == {(201, answers[0].data)}
    db.session.rollback()
    of_code = select(func.count()).where(Organisation.code == "E3")
    keys = select(func.count()).select_from(IdempotencyKey)
    assert (db.session.scalar(of_code), db.session.scalar(keys)) == (1, 1)


def test_file_is_kept_once(own_service: Flask, things: Furnished) -> None:
    path = f"/applications/{things.second.id}/evidence?name=a.pdf&indicator=services"
    answers = at_once(own_service, things.branch, path, data=blank_pdf())
    assert {each.status_code for each in answers} == {201}
    assert len({(each.json or {})["id"] for each in answers}) == 1
    db.session.rollback()
    files = select(func.count()).where(EvidenceFile.participant_id == things.second.id)
    assert db.session.scalar(files) == 1


def test_only_one_of_two_changes_of_what_both_read_is_kept(
    own_service: Flask, things: Furnished
) -> None:
    path = f"/organisations/{things.district.east_one.id}"
    tag = Program(own_service.test_client(), things.organiser).tag(path)
    start = Barrier(AT_ONCE)

    def send(number: int) -> int:
        program = Program(own_service.test_client(), things.organiser)
        start.wait()
        body = {"members": number, "reason": "改"}
        return program.send("PATCH", path, body, If_Match=tag).status_code

    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = sorted(pool.map(send, range(1, AT_ONCE + 1)))
    assert statuses == [200, *[412] * (AT_ONCE - 1)]
