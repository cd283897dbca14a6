"""Evidence as tests find it: files with their rows, put there without a check."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.database import now
from evaluator.evidence.models import EvidenceFile, EvidenceLink
from evaluator.evidence.operations import storage_key
from evaluator.organisations.models import Organisation
from evaluator.rounds.models import Participant
from evaluator.storage import storage


def participant_of(session: Session, branch: Organisation) -> Participant:
    """Return a branch as it takes part in its round."""
    query = select(Participant).where(Participant.organisation_id == branch.id)
    return session.scalars(query).one()


def make_file(
    session: Session,
    participant: Participant,
    *indicators: str,
    content: bytes = b"content",
    **more: Any,
) -> EvidenceFile:
    """Add a file that proves indicators."""
    digest = sha256(content).hexdigest()
    given: dict[str, Any] = {
        "name": "照片.jpg",
        "media_type": "image/jpeg",
        "source_sha256": digest,
        "taken_out": [],
        "evidence_date": None,
        **more,
    }
    file = EvidenceFile(
        participant=participant,
        size=len(content),
        sha256=digest,
        storage_key=storage_key(digest),
        uploaded_at=now(),
        account_id=None,
        removed_at=given.pop("removed_at", None),
        links=[EvidenceLink(indicator=each) for each in indicators],
        **given,
    )
    session.add(file)
    session.commit()
    storage().put(file.storage_key, content)
    return file
