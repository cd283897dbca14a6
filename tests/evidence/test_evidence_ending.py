"""Uploads that end before they are files, and whether rows and stored files agree."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

from chunks import CONTENT, begin, put, stored, upload_of
from flask.testing import FlaskClient
from given import make_file
from image_files import picture
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.database import now
from evaluator.evidence.consistency import find_flaws
from evaluator.evidence.models import Upload
from evaluator.evidence.operations import storage_key
from evaluator.evidence.queries import files_of
from evaluator.evidence.uploads import end_old_uploads, end_upload
from evaluator.rounds.models import Participant
from evaluator.storage import storage


def test_old_uploads_end_with_what_was_stored_for_them(
    officer: FlaskClient, participant: Participant, session: Session
) -> None:
    tokens = [begin(officer, participant) for _ in range(2)]
    for token in tokens:
        put(officer, token, 0, CONTENT[:500])
    old = upload_of(session, tokens[0])
    old.created_at = now() - timedelta(hours=25)
    old.storage_key = storage_key(sha256(b"stored just before the crash").hexdigest())
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
    upload.storage_key = storage_key(sha256(content).hexdigest())
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
