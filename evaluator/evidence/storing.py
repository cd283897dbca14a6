"""From an upload to a file: checked and stored between two units of work.

A check takes a processor for up to seconds, and a phone sends a chunk slowly. Meanwhile no
transaction may be open: on SQLite nobody else could save. So the unit of work of the request is
ended early; what must not be lost is noted first, and everything is looked at anew afterwards.
Whoever only looks takes no turn to write: in the last evening hundreds save beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.database import take_turn, unit_of_work
from evaluator.evidence.checks.verdict import Refused
from evaluator.evidence.isolation import check_apart
from evaluator.evidence.models import EvidenceFile, Upload
from evaluator.evidence.operations import add_file, storage_key
from evaluator.evidence.queries import find_upload
from evaluator.evidence.uploads import (
    check_chunk,
    chunk_key,
    drop_chunks,
    end_upload,
    note_chunk,
    whole_content,
)
from evaluator.storage import storage
from evaluator.web.errors import Refusal


def take_chunk(
    session: Session, actor: Actor, token: str, *, offset: int, size: int,
    read: Callable[[], bytes],
) -> int:  # fmt: skip
    """Store a chunk and return how much has arrived; it is stored before its row says so."""
    upload = find_upload(session, actor, token)
    new = check_chunk(upload, offset, size)
    session.commit()
    if not new:
        return upload.received
    content = read()
    key = chunk_key(token, offset, content)
    storage().put(key, content)
    take_turn(session)
    upload = find_upload(session, actor, token)
    note_chunk(upload, offset=offset, size=len(content), key=key)
    return upload.received


def finish(session: Session, actor: Actor, token: str) -> EvidenceFile:
    """Make a file of an upload that has arrived; a second time it is the same file.

    Raises Refused where the check finds that it cannot be kept; the upload is over then.
    """
    upload = find_upload(session, actor, token)
    if upload.file_id is not None:
        return session.get_one(EvidenceFile, upload.file_id)
    content = whole_content(upload)
    return store(session, actor, upload, content)


def store(session: Session, actor: Actor, upload: Upload, content: bytes) -> EvidenceFile:
    """Check the content of an upload, store it and make the file."""
    session.commit()
    try:
        file = _kept(session, actor, upload.token, content)
    except (Refused, Refusal):
        session.rollback()
        with unit_of_work(session):
            end_upload(session, find_upload(session, actor, upload.token))
        raise
    drop_chunks(upload.token)
    return file


def _kept(session: Session, actor: Actor, token: str, content: bytes) -> EvidenceFile:
    checked = check_apart(content)
    key = storage_key(checked.sha256)
    with unit_of_work(session):
        take_turn(session)
        find_upload(session, actor, token).storage_key = key
    storage().put(key, checked.content)
    digest = sha256(content).hexdigest()
    # What was read before the check may be old by now: the application may be submitted.
    session.expire_all()
    with unit_of_work(session):
        take_turn(session)
        upload = find_upload(session, actor, token)
        return add_file(session, actor, upload=upload, checked=checked, source_sha256=digest)
