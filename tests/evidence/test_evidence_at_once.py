"""Several people and lines at once, on a real database: nothing is doubled, no limit is passed."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from district import make_account, make_district, make_round
from flask import Flask
from given import participant_of
from pdf_files import pdf
from service import service
from sqlalchemy import create_engine, make_url, select, text
from sqlalchemy.orm import Session

from evaluator import sqlite
from evaluator.access import Role
from evaluator.accounts.models import SignIn
from evaluator.accounts.sessions import LASTS, token_digest
from evaluator.database import db, now
from evaluator.evidence.consistency import find_flaws
from evaluator.evidence.models import EvidenceFile
from evaluator.storage import storage

AT_ONCE = 5


@pytest.fixture(params=["sqlite", "postgresql"])
def own_service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """Yield a service with a database of its own, in which what is committed stays."""
    url = request.getfixturevalue("postgresql") if request.param == "postgresql" else ""
    made = service(tmp_path, _new_database(url) if url else "", EVIDENCE_FILES=3)
    yield made
    with made.app_context():
        db.engine.dispose()


def _new_database(url: str) -> str:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        name = f"evidence_{secrets.token_hex(8)}"
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return make_url(url).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def address(own_service: Flask) -> str:
    """Return the address of an application, to which a signed-in officer may add."""
    with own_service.app_context():
        session = db.session
        district = make_district(session)
        make_round(session, district)
        officer = make_account(session, Role.BRANCH_OFFICER, district.east_one)
        moment = now()
        moments = {"started_at": moment, "seen_at": moment, "ends_at": moment + LASTS}
        named = {"token_hash": token_digest("token"), "address": "", "browser": ""}
        session.add(SignIn(account=officer, **named, **moments))
        participant = participant_of(session, district.east_one).id
        session.commit()
        return f"/applications/{participant}"


def _post(app: Flask, address: str, content: bytes = b"") -> int:
    browser = app.test_client()
    with browser.session_transaction() as kept:
        kept["sign_in"] = "token"
    data = {"files": (BytesIO(content), "a.pdf")} if content else {}
    return browser.post(address, data=data).status_code


def _kept(app: Flask) -> tuple[int, list[object]]:
    with app.app_context():
        session: Session = db.session
        return len(session.scalars(select(EvidenceFile)).all()), list(
            find_flaws(session, storage())
        )


def test_files_sent_at_once_do_not_pass_the_limit(own_service: Flask, address: str) -> None:
    contents = [pdf(pages=count + 1) for count in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as people:
        sent = people.map(lambda each: _post(own_service, f"{address}/evidence", each), contents)
        assert list(sent) == [302] * AT_ONCE
    assert _kept(own_service) == (3, [])


def test_upload_completed_by_many_at_once_is_one_file(own_service: Flask, address: str) -> None:
    content = pdf()
    browser = own_service.test_client()
    with browser.session_transaction() as kept:
        kept["sign_in"] = "token"
    begun = browser.post(f"{address}/uploads", data={"name": "a.pdf", "size": len(content)})
    upload = f"/uploads/{begun.json['token']}"
    browser.put(f"{upload}/0", data=content)
    with ThreadPoolExecutor(AT_ONCE) as people:
        answers = list(people.map(lambda _: _post(own_service, upload), range(AT_ONCE)))
    assert answers == [200] * AT_ONCE
    assert _kept(own_service) == (1, [])


def test_who_only_asks_how_far_an_upload_is_waits_for_no_writer(
    own_service: Flask, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chunk that is sent again changes nothing, so that it needs no turn to write."""
    browser = own_service.test_client()
    with browser.session_transaction() as kept:
        kept["sign_in"] = "token"
    given = {"name": "a.jpg", "size": 10, "indicator": "services"}
    token = browser.post(f"{address}/uploads", data=given).json["token"]
    assert browser.put(f"/uploads/{token}/0", data=b"12345").json == {"received": 5}
    monkeypatch.setattr(sqlite, "PATIENCE", 0.05)
    with own_service.app_context(), db.engine.begin() as writer:
        writer.execute(text("UPDATE audit_head SET number = number"))
        assert browser.put(f"/uploads/{token}/0", data=b"12345").json == {"received": 5}
