"""Uploads in chunks: continued after a break, sent twice, completed twice, ended, counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from district import District, make_account, make_district, make_round
from flask.testing import FlaskClient
from given import make_file, participant_of
from image_files import photo, picture
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.database import now
from evaluator.evidence.checks.kinds import check
from evaluator.evidence.consistency import find_flaws
from evaluator.evidence.models import Upload
from evaluator.evidence.operations import storage_key
from evaluator.evidence.queries import evidence_of, files_of
from evaluator.evidence.uploads import end_old_uploads, end_upload
from evaluator.rounds.models import Participant
from evaluator.storage import storage

Browser = Callable[[Account], FlaskClient]
CONTENT = photo()


@pytest.fixture
def district(session: Session) -> District:
    made = make_district(session)
    make_round(session, made)
    for key in list(storage().keys("")):
        storage().delete(key)
    return made


@pytest.fixture
def participant(session: Session, district: District) -> Participant:
    return participant_of(session, district.east_one)


@pytest.fixture
def officer(session: Session, district: District, browser_of: Browser) -> FlaskClient:
    return browser_of(make_account(session, Role.BRANCH_OFFICER, district.east_one))


def begin(
    browser: FlaskClient, participant: Participant, size: int = len(CONTENT), **more: str
) -> str:
    given = {"name": "a.jpg", "size": size, "indicator": "services", **more}
    answer = browser.post(f"/applications/{participant.id}/uploads", data=given)
    assert (answer.status_code, answer.json["received"]) == (201, 0)
    return str(answer.json["token"])


def put(browser: FlaskClient, token: str, offset: int, chunk: bytes) -> tuple[int, int]:
    answer = browser.put(f"/uploads/{token}/{offset}", data=chunk)
    return answer.status_code, answer.json["received"]


def upload_of(session: Session, token: str) -> Upload:
    session.expire_all()
    return session.scalars(select(Upload).where(Upload.token == token)).one()


def stored() -> list[str]:
    return sorted(key.split("/")[0] for key in storage().keys(""))


def test_upload_in_chunks_becomes_a_file(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    token = begin(officer, participant)
    assert put(officer, token, 0, CONTENT[:500]) == (200, 500)
    assert put(officer, token, 500, CONTENT[500:]) == (200, len(CONTENT))
    answer = officer.post(f"/uploads/{token}")
    (file,) = evidence_of(session, participant.id)["services"]
    assert answer.json == {"id": file.id, "name": "a.jpg", "address": f"/files/{file.id}/a.jpg"}
    assert storage().get(file.storage_key) == check(CONTENT).content
    assert stored() == ["evidence"]
    assert list(find_flaws(session, storage())) == []


def test_upload_goes_on_from_where_it_broke(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    token = begin(officer, participant)
    put(officer, token, 0, CONTENT[:500])
    state = officer.get(f"/uploads/{token}").json
    assert state == {"token": token, "received": 500, "size": len(CONTENT), "done": False}
    assert put(officer, token, 500, CONTENT[500:]) == (200, len(CONTENT))


def test_chunk_that_leaves_a_gap_or_overlaps_is_told_the_offset(
    officer: FlaskClient, participant: Participant
) -> None:
    token = begin(officer, participant)
    put(officer, token, 0, CONTENT[:500])
    assert put(officer, token, 600, CONTENT[600:]) == (409, 500)
    assert put(officer, token, 400, CONTENT[400:]) == (409, 500)
    assert put(officer, token, 500, CONTENT[500:] + b"more") == (409, 500)


def test_chunk_that_is_sent_again_changes_nothing(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    token = begin(officer, participant)
    assert [put(officer, token, 0, CONTENT[:500]) for _ in range(3)] == [(200, 500)] * 3
    upload = upload_of(session, token)
    assert (len(upload.chunks), stored()) == (1, ["uploads"])


def test_upload_that_is_completed_twice_is_one_file(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    token = begin(officer, participant)
    put(officer, token, 0, CONTENT)
    answers = [officer.post(f"/uploads/{token}").json for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(files_of(session, participant.id)) == 1
    assert put(officer, token, 0, CONTENT) == (200, len(CONTENT))
    assert stored() == ["evidence"]


def test_upload_that_has_not_arrived_cannot_be_completed(
    officer: FlaskClient, participant: Participant
) -> None:
    token = begin(officer, participant)
    put(officer, token, 0, CONTENT[:500])
    answer = officer.post(f"/uploads/{token}")
    assert (answer.status_code, answer.json) == (409, {"received": 500})


def test_upload_that_is_refused_leaves_nothing(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    officer.set_cookie("language", "en")
    content = b"<svg onload='alert(1)'/>"
    token = begin(officer, participant, len(content))
    put(officer, token, 0, content)
    answer = officer.post(f"/uploads/{token}")
    assert answer.status_code == 422
    assert answer.json["words"].startswith("This type of file is not taken.")
    assert (stored(), session.scalars(select(Upload)).all()) == ([], [])


def test_upload_that_is_given_up_leaves_nothing(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    token = begin(officer, participant)
    put(officer, token, 0, CONTENT[:500])
    assert officer.delete(f"/uploads/{token}").status_code == 204
    assert (stored(), session.scalars(select(Upload)).all()) == ([], [])
    assert officer.put(f"/uploads/{token}/0", data=CONTENT).status_code == 404


@pytest.mark.parametrize(("size", "words"), [(0, "a.jpg is empty."), (20_000_001, "20 MB")])
def test_upload_of_a_wrong_size_is_refused_before_it_is_sent(
    officer: FlaskClient, participant: Participant, size: int, words: str
) -> None:
    officer.set_cookie("language", "en")
    given = {"name": "a.jpg", "size": size}
    answer = officer.post(f"/applications/{participant.id}/uploads", data=given)
    assert answer.status_code == 409
    assert words in answer.json["words"]


@pytest.mark.parametrize("given", [{}, {"size": "many"}])
def test_upload_without_a_size_cannot_be_read(
    officer: FlaskClient, participant: Participant, given: dict[str, str]
) -> None:
    address = f"/applications/{participant.id}/uploads"
    assert officer.post(address, data=given).status_code == 400


def test_upload_for_an_unknown_indicator_is_not_there(
    officer: FlaskClient, participant: Participant
) -> None:
    given = {"name": "a.jpg", "size": 9, "indicator": "elsewhere"}
    answer = officer.post(f"/applications/{participant.id}/uploads", data=given)
    assert answer.status_code == 404


def test_upload_of_somebody_else_is_not_there(
    district: District,
    officer: FlaskClient,
    participant: Participant,
    session: Session,
    browser_of: Browser,
) -> None:
    token = begin(officer, participant)
    colleague = make_account(session, Role.BRANCH_OFFICER, district.east_one, "colleague")
    browser = browser_of(colleague)
    found = [
        browser.get(f"/uploads/{token}").status_code,
        browser.put(f"/uploads/{token}/0", data=CONTENT).status_code,
        browser.post(f"/uploads/{token}").status_code,
        browser.delete(f"/uploads/{token}").status_code,
    ]
    assert found == [404] * 4
    assert upload_of(session, token).received == 0


def test_upload_is_not_completed_once_the_step_is_closed(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    token = begin(officer, participant)
    put(officer, token, 0, CONTENT)
    step = participant.round.step("self_assessment")
    assert step is not None
    step.closes_at = now() - timedelta(minutes=1)
    session.commit()
    assert officer.post(f"/uploads/{token}").status_code == 409
    assert (files_of(session, participant.id), stored()) == ([], [])


def test_old_uploads_end_with_what_was_stored_for_them(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    tokens = [begin(officer, participant) for _ in range(2)]
    for token in tokens:
        put(officer, token, 0, CONTENT[:500])
    old = upload_of(session, tokens[0])
    old.created_at = now() - timedelta(hours=25)
    old.storage_key = storage_key(b"stored just before the crash")
    storage().put(old.storage_key, b"stored just before the crash")
    session.commit()
    assert list(find_flaws(session, storage())) == []
    assert end_old_uploads(session) == 1
    session.commit()
    assert [each.token for each in session.scalars(select(Upload))] == [tokens[1]]
    assert stored() == ["uploads"]


def test_upload_that_ends_leaves_content_that_others_name(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    content = b"content of a file"
    make_file(session, participant, content=content)
    upload = upload_of(session, begin(officer, participant))
    upload.storage_key = storage_key(content)
    end_upload(session, upload)
    assert stored() == ["evidence"]


def test_account_that_begins_very_many_uploads_loses_the_oldest(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    tokens = [begin(officer, participant) for _ in range(43)]
    left = session.scalars(select(Upload.token).order_by(Upload.id)).all()
    assert left == tokens[2:]


def test_flaws_are_found(officer: FlaskClient, participant: Participant, session: Session) -> None:
    lost = make_file(session, participant, content=b"lost")
    altered = make_file(session, participant, content=b"altered")
    storage().delete(lost.storage_key)
    storage().delete(altered.storage_key)
    storage().put(altered.storage_key, b"otherwise")
    storage().put("evidence/ab/alone", b"alone")
    storage().put("uploads/unknown/0", b"alone")
    token = begin(officer, participant)
    put(officer, token, 0, CONTENT[:500])
    (chunk,) = upload_of(session, token).chunks
    storage().delete(chunk)
    found = [(flaw.problem, flaw.key, flaw.file_id) for flaw in find_flaws(session, storage())]
    assert found == [
        ("file without a row", "evidence/ab/alone", None),
        ("chunk without an upload", "uploads/unknown/0", None),
        ("row without its file", lost.storage_key, lost.id),
        ("file that was altered", altered.storage_key, altered.id),
        ("upload without a chunk", chunk, None),
    ]


def test_equal_pictures_with_other_details_are_stored_once(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    for content in (picture("PNG"), picture("PNG", dpi=(300, 300))):
        token = begin(officer, participant, len(content))
        put(officer, token, 0, content)
        officer.post(f"/uploads/{token}")
    assert (len(files_of(session, participant.id)), stored()) == (2, ["evidence"])
