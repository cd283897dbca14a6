"""Uploads that arrive in chunks: begun, continued after a break, ended after a day."""

from __future__ import annotations

import secrets
from hashlib import sha256

from flask_babel import gettext
from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from evaluator.access import Actor, NotAllowed
from evaluator.database import now, take_turn
from evaluator.evidence.limits import UNFINISHED, UPLOAD_LASTS
from evaluator.evidence.models import EvidenceFile, Upload
from evaluator.evidence.names import shown_name
from evaluator.evidence.operations import check_room, check_size
from evaluator.evidence.policy import require_change
from evaluator.evidence.queries import indicator_titles
from evaluator.rounds.models import Participant
from evaluator.storage import storage
from evaluator.web.errors import Refusal

FOLDER = "uploads"


class WrongOffset(Exception):
    """A chunk that does not follow what has arrived; the caller goes on from `received`."""

    def __init__(self, received: int):
        super().__init__(received)
        self.received = received


def begin_upload(
    session: Session, actor: Actor, *, participant: Participant, name: str, size: int,
    indicator: str = "",
) -> Upload:  # fmt: skip
    """Begin to take in a file, if there is room for it; ended uploads make place by the way."""
    require_change(session, actor, participant)
    if indicator and indicator not in indicator_titles(session, participant):
        raise NotAllowed("no such indicator")
    if size <= 0:
        raise Refusal(gettext("%(name)s is empty.", name=shown_name(name)))
    check_size(shown_name(name), size)
    check_room(session, participant, size)
    end_old_uploads(session)
    _end_surplus(session, actor)
    upload = Upload(
        token=secrets.token_urlsafe(24),
        participant=participant,
        account_id=actor.account_id,
        name=shown_name(name),
        size=size,
        indicator=indicator,
        received=0,
        chunks=[],
        storage_key="",
        created_at=now(),
    )
    session.add(upload)
    session.flush()
    return upload


def chunk_key(token: str, offset: int, content: bytes) -> str:
    """Return the key of a chunk; the digest keeps two different ones of a place apart."""
    return f"{FOLDER}/{token}/{offset:012}-{sha256(content).hexdigest()[:32]}"


def check_chunk(upload: Upload, offset: int, size: int) -> bool:
    """Return whether a chunk is new; raises WrongOffset where it leaves a gap or overlaps."""
    if offset + size <= upload.received:
        return False
    if offset != upload.received or size == 0 or offset + size > upload.size:
        raise WrongOffset(upload.received)
    return True


def note_chunk(upload: Upload, *, offset: int, size: int, key: str) -> None:
    """Note a chunk that is stored; one that is sent again changes nothing."""
    if check_chunk(upload, offset, size):
        upload.chunks = [*upload.chunks, key]
        upload.received = offset + size


def whole_content(upload: Upload) -> bytes:
    """Return what has arrived of an upload, all of it; raises WrongOffset before that."""
    if upload.received < upload.size:
        raise WrongOffset(upload.received)
    try:
        return b"".join(storage().get(key) for key in upload.chunks)
    except FileNotFoundError as error:
        raise NotAllowed("the upload was ended") from error


def drop_chunks(token: str) -> None:
    """Remove the chunks of an upload that is done."""
    for key in list(storage().keys(f"{FOLDER}/{token}")):
        storage().delete(key)


def end_upload(session: Session, upload: Upload) -> None:
    """End an upload with everything that was stored for it and that no file names.

    The files go before their row does, so that at no moment a file is there without one.
    """
    take_turn(session)
    _hold_others(session)
    drop_chunks(upload.token)
    if upload.storage_key and not _is_named(session, upload):
        storage().delete(upload.storage_key)
    session.execute(delete(Upload).where(Upload.id == upload.id))


def end_old_uploads(session: Session, most: int = 5) -> int:
    """End uploads that were begun more than a day ago, and return how many."""
    query = select(Upload).where(Upload.created_at < now() - UPLOAD_LASTS).limit(most)
    old = session.scalars(query.with_for_update(skip_locked=True, of=Upload)).all()
    for upload in old:
        end_upload(session, upload)
    return len(old)


def _end_surplus(session: Session, actor: Actor) -> None:
    """End the oldest unfinished uploads of an account that begins very many of them."""
    query = (
        select(Upload)
        .where(Upload.account_id == actor.account_id, Upload.file_id.is_(None))
        .order_by(Upload.id.desc())
        .offset(UNFINISHED)
    )
    for upload in session.scalars(query.with_for_update(skip_locked=True, of=Upload)).all():
        end_upload(session, upload)


def _hold_others(session: Session) -> None:
    """Let no other upload note a key until this unit of work is done.

    Otherwise one could find its content stored already just before it is deleted here. SQLite has
    one writer at a time anyhow.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE evidence_upload IN SHARE ROW EXCLUSIVE MODE"))


def _is_named(session: Session, upload: Upload) -> bool:
    """Return whether a file, or another upload, names the same content."""
    files = select(func.count()).where(EvidenceFile.storage_key == upload.storage_key)
    others = select(func.count()).where(
        Upload.storage_key == upload.storage_key, Upload.id != upload.id
    )
    return bool(session.scalar(files)) or bool(session.scalar(others))
