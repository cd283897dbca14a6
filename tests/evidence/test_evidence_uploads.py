"""Uploads in chunks: continued after a break, sent twice, completed twice, ended, counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from chunks import CONTENT, begin, put, stored, upload_of
from district import District, make_account
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.database import now
from evaluator.evidence import storing
from evaluator.evidence.checks.kinds import check
from evaluator.evidence.checks.verdict import Checked
from evaluator.evidence.consistency import find_flaws
from evaluator.evidence.models import Upload
from evaluator.evidence.queries import evidence_of, files_of
from evaluator.rounds.models import Participant, RoundStep
from evaluator.storage import storage

Browser = Callable[[Account], FlaskClient]


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


def test_upload_is_not_completed_where_the_step_closes_during_its_check(
    officer: FlaskClient,
    participant: Participant,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    token = begin(officer, participant)
    put(officer, token, 0, CONTENT)

    def check_slowly(content: bytes) -> Checked:
        closed = update(RoundStep).values(closes_at=now() - timedelta(minutes=1))
        session.execute(closed, execution_options={"synchronize_session": False})
        return check(content)

    monkeypatch.setattr(storing, "check_apart", check_slowly)
    assert officer.post(f"/uploads/{token}").status_code == 409
    assert (files_of(session, participant.id), stored()) == ([], [])
