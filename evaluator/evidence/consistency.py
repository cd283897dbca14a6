"""Whether rows and stored files agree: every file has its row, every row its file, unaltered.

It may run beside the service: a row that names a file is written before the file is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.evidence.models import EvidenceFile, Upload
from evaluator.evidence.uploads import FOLDER
from evaluator.storage import Storage

EVIDENCE = "evidence"


@dataclass(frozen=True)
class Flaw:
    """A disagreement: what is wrong with which stored file, and the row that names it."""

    problem: str
    key: str
    file_id: int | None = None


def find_flaws(session: Session, kept: Storage) -> Iterator[Flaw]:
    """Yield every disagreement between the rows of evidence and the stored files."""
    stored = {folder: list(kept.keys(folder)) for folder in (EVIDENCE, FOLDER)}
    named = set(session.scalars(select(EvidenceFile.storage_key).distinct()))
    under_way = set(session.scalars(select(Upload.storage_key).distinct()))
    tokens = set(session.scalars(select(Upload.token)))
    for key in stored[EVIDENCE]:
        if key not in named and key not in under_way:
            yield Flaw("file without a row", key)
    for key in stored[FOLDER]:
        if key.split("/")[1] not in tokens:
            yield Flaw("chunk without an upload", key)
    yield from _of_rows(session, kept)
    yield from _of_uploads(session, kept)


def _of_rows(session: Session, kept: Storage) -> Iterator[Flaw]:
    columns = (EvidenceFile.id, EvidenceFile.storage_key, EvidenceFile.sha256, EvidenceFile.size)
    rows = session.execute(select(*columns).order_by(EvidenceFile.id)).all()
    for file_id, key, digest, size in rows:
        try:
            content = kept.get(key)
        except FileNotFoundError:
            yield Flaw("row without its file", key, file_id)
            continue
        if sha256(content).hexdigest() != digest or len(content) != size:
            yield Flaw("file that was altered", key, file_id)


def _of_uploads(session: Session, kept: Storage) -> Iterator[Flaw]:
    query = select(Upload.token, Upload.chunks).where(Upload.file_id.is_(None))
    for token, chunks in session.execute(query).all():
        # What was noted when this began may have become a file or have been ended since.
        for key in chunks:
            if not kept.exists(key) and _is_unfinished(session, token):
                yield Flaw("upload without a chunk", key)


def _is_unfinished(session: Session, token: str) -> bool:
    session.rollback()
    query = select(Upload.id).where(Upload.token == token, Upload.file_id.is_(None))
    return session.scalars(query).one_or_none() is not None
