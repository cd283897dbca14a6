"""Files as they are served: strict headers, shown only where safe, and to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from district import District, make_account
from flask.testing import FlaskClient
from given import make_file, participant_of
from sqlalchemy.orm import Session

from evaluator.access import Actor, Grant, Role
from evaluator.accounts.models import Account
from evaluator.database import now
from evaluator.evidence import policy
from evaluator.evidence.checks.verdict import DOCX, JPEG, PDF
from evaluator.evidence.models import EvidenceFile
from evaluator.evidence.queries import Elsewhere, same_file_elsewhere

Browser = Callable[[Account], FlaskClient]
SHOWN = {
    JPEG: "default-src 'none'; sandbox; frame-ancestors 'self'",
    PDF: "default-src 'none'; frame-ancestors 'self'",
}


@pytest.fixture
def reviewer(session: Session, district: District, browser_of: Browser) -> FlaskClient:
    return browser_of(make_account(session, Role.COMMITTEE_REVIEWER, district.east))


def address_of(file: EvidenceFile) -> str:
    return f"/files/{file.id}/{quote(file.name)}"


@pytest.mark.parametrize("media_type", SHOWN)
def test_picture_and_pdf_are_shown_in_our_own_pages_alone(
    media_type: str, reviewer: FlaskClient, district: District, session: Session
) -> None:
    participant = participant_of(session, district.east_one)
    file = make_file(session, participant, media_type=media_type, name="照片1.x")
    answer = reviewer.get(address_of(file))
    assert (answer.status_code, answer.data) == (200, b"content")
    expected = {
        "Content-Type": media_type,
        "Content-Disposition": "inline; filename=1.x; filename*=UTF-8''%E7%85%A7%E7%89%871.x",
        "Content-Security-Policy": SHOWN[media_type],
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Cache-Control": "private, no-cache",
        "ETag": f'"{file.sha256}"',
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert {name: answer.headers.get(name) for name in expected} == expected
    assert answer.headers.getlist("Content-Disposition")[0].isascii()


def test_office_document_is_only_saved(
    reviewer: FlaskClient, district: District, session: Session
) -> None:
    participant = participant_of(session, district.east_one)
    file = make_file(session, participant, media_type=DOCX, name='a";b.docx')
    answer = reviewer.get(address_of(file))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="a\\";b.docx"'
    assert answer.headers["X-Frame-Options"] == "DENY"
    policy_told = answer.headers["Content-Security-Policy"]
    assert policy_told == "default-src 'none'; sandbox; frame-ancestors 'none'"


def test_picture_is_saved_on_demand(
    reviewer: FlaskClient, district: District, session: Session
) -> None:
    file = make_file(session, participant_of(session, district.east_one))
    answer = reviewer.get(f"{address_of(file)}?download=1")
    assert answer.headers["Content-Disposition"].startswith("attachment;")


def test_file_that_the_browser_has_is_not_sent_again(
    reviewer: FlaskClient, district: District, session: Session
) -> None:
    file = make_file(session, participant_of(session, district.east_one))
    answer = reviewer.get(address_of(file), headers={"If-None-Match": f'"{file.sha256}"'})
    assert (answer.status_code, answer.data) == (304, b"")


def test_file_beyond_the_places_of_a_reviewer_is_not_there(
    reviewer: FlaskClient, district: District, session: Session
) -> None:
    file = make_file(session, participant_of(session, district.west_one))
    answers = [
        reviewer.get(address_of(file), headers={"If-None-Match": f'"{file.sha256}"'}),
        reviewer.get(f"/files/{file.id}/other.jpg"),
        reviewer.get(f"/files/{file.id + 1}/other.jpg"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert [district.west_one.name in answer.text for answer in answers] == [False] * 3


def test_file_under_another_name_is_not_there(
    reviewer: FlaskClient, district: District, session: Session
) -> None:
    file = make_file(session, participant_of(session, district.east_one))
    assert reviewer.get(f"/files/{file.id}/evil.html").status_code == 404


def test_removed_file_is_there_only_while_a_submission_names_it(
    reviewer: FlaskClient, district: District, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = make_file(session, participant_of(session, district.east_one), removed_at=now())
    assert reviewer.get(address_of(file)).status_code == 404
    monkeypatch.setattr(policy, "_named", policy._named)
    policy.register_named(lambda _session, each: each.id == file.id)
    assert reviewer.get(address_of(file)).status_code == 200


def test_same_file_elsewhere_is_named_within_the_places_and_counted_beyond(
    district: District, session: Session
) -> None:
    east_one, east_two, west_one, west_two = (
        participant_of(session, each)
        for each in (district.east_one, district.east_two, district.west_one, district.west_two)
    )
    shared = make_file(session, east_one, content=b"shared")
    own = make_file(session, east_one, content=b"own")
    make_file(session, east_two, content=b"shared")
    make_file(session, west_one, content=b"otherwise kept", source_sha256=shared.source_sha256)
    make_file(session, west_two, content=b"shared", removed_at=now())
    reviewer = Actor(1, "reviewer", (Grant(Role.COMMITTEE_REVIEWER, district.east.path),))
    organiser = Actor(2, "organiser", (Grant(Role.ORGANISER, "/"),))
    officer = Actor(3, "officer", (Grant(Role.BRANCH_OFFICER, east_one.path),))
    found = [same_file_elsewhere(session, each, [shared, own]) for each in (reviewer, organiser)]
    assert found == [
        {shared.id: Elsewhere((east_two.name,), 1)},
        {shared.id: Elsewhere((east_two.name, west_one.name), 0)},
    ]
    assert same_file_elsewhere(session, officer, [shared, own]) == {}
