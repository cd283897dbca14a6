"""Ballots on paper: the count must add up, and comes with a scan that was checked."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from district import District, make_account, make_district, make_round
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.appraisals.models import Appraisal, AppraisalState, PaperTally
from evaluator.records.models import KnownFact
from evaluator.rounds.models import Participant

COUNTS = {"satisfied": 6, "rather_satisfied": 1, "not_satisfied": 1, "unsure": 2}


@pytest.fixture
def district(session: Session) -> District:
    made = make_district(session)
    make_round(session, made)
    return made


@pytest.fixture
def reviewer(
    session: Session, browser_of: Callable[[Account], FlaskClient], district: District
) -> FlaskClient:
    return browser_of(make_account(session, Role.COMMITTEE_REVIEWER, district.east))


@pytest.fixture
def address(session: Session, reviewer: FlaskClient, district: District) -> str:
    """Return the address of an appraisal on paper that needs five ballots."""
    query = select(Participant.id).where(Participant.organisation_id == district.east_one.id)
    address = f"/appraisals/{session.scalars(query).one()}"
    reviewer.post(address, data={"way": "paper", "minimum": "5"})
    return address


def scan() -> tuple[BytesIO, str]:
    written = BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(written)
    return BytesIO(written.getvalue()), "计票单.pdf"


def tally(counts: dict[str, int] = COUNTS, **more: Any) -> dict[str, Any]:
    given = {f"satisfied-{grade}": str(count) for grade, count in counts.items()}
    return {"handed_out": "12", "returned": "10", "scan": scan(), **given, **more}


def test_tally_is_counted_with_its_scan(
    session: Session, reviewer: FlaskClient, address: str
) -> None:
    assert reviewer.post(f"{address}/tally", data=tally()).status_code == 302
    session.expire_all()
    appraisal = session.scalars(select(Appraisal)).one()
    assert (appraisal.state, appraisal.ballots) == (AppraisalState.CLOSED, 10)
    assert session.scalars(select(KnownFact.value)).all() == ["87.5%"]
    sent = reviewer.get(f"{address}/scan")
    assert (sent.data[:5], sent.mimetype) == (b"%PDF-", "application/pdf")
    assert sent.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_counts_that_do_not_add_up_are_refused(
    session: Session, reviewer: FlaskClient, address: str
) -> None:
    answer = reviewer.post(f"{address}/tally", data=tally({**COUNTS, "unsure": 3}))
    assert answer.status_code == 422
    assert "各档合计11票，收回10票" in answer.text
    assert 'value="12"' in answer.text, "what was typed is kept"
    assert session.scalars(select(PaperTally)).all() == []


def test_more_returned_than_handed_out_is_refused(
    session: Session, reviewer: FlaskClient, address: str
) -> None:
    answer = reviewer.post(f"{address}/tally", data=tally(handed_out="9"))
    assert (answer.status_code, session.scalars(select(PaperTally)).all()) == (422, [])


def test_too_few_who_judged_leave_no_result(
    session: Session, reviewer: FlaskClient, address: str
) -> None:
    few = {"satisfied": 4, "rather_satisfied": 0, "not_satisfied": 0, "unsure": 6}
    assert reviewer.post(f"{address}/tally", data=tally(few)).status_code == 302
    assert session.scalars(select(KnownFact)).all() == []


def test_tally_without_a_scan_is_refused(
    session: Session, reviewer: FlaskClient, address: str
) -> None:
    data = {key: value for key, value in tally().items() if key != "scan"}
    assert reviewer.post(f"{address}/tally", data=data).status_code == 422
    assert session.scalars(select(PaperTally)).all() == []


def test_scan_that_is_no_document_is_refused(
    session: Session, reviewer: FlaskClient, address: str
) -> None:
    page = (BytesIO(b"<html><script>alert(1)</script></html>"), "计票单.pdf")
    assert reviewer.post(f"{address}/tally", data=tally(scan=page)).status_code == 422
    assert session.scalars(select(PaperTally)).all() == []


def test_tally_cannot_be_entered_twice(
    session: Session, reviewer: FlaskClient, address: str
) -> None:
    answers = [reviewer.post(f"{address}/tally", data=tally()).status_code for _ in range(2)]
    assert answers == [302, 409]
