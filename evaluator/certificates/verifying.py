"""What anybody is told of a certificate: what stands on it, how it stands, its history and proof.

Nothing of it tells who did what, and nothing that is only proposed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from evaluator.awards.models import Award
from evaluator.certificates.models import Batch, Certificate
from evaluator.certificates.pinned import Pinned, pinned_in
from evaluator.certificates.signing import known_keys
from evaluator.certificates.standing import Standing, standing_of
from evaluator.credentials.merkle import proof
from evaluator.credentials.packing import Malformed
from evaluator.credentials.serials import normal
from evaluator.credentials.tokens import Verdict, read, token_bytes, token_of, verify

LONGEST_SERIAL = 40
_MOST_KEPT = 8
_kept: dict[str, Sequence[bytes]] = {}


class Found(StrEnum):
    """What asking for a certificate came to."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    FORGED = "forged"
    """The token is none that was signed here, or says something else than the registry."""


@dataclass(frozen=True)
class Verified:
    """A certificate as the public sees it."""

    certificate: Certificate
    pinned: Pinned
    standing: Standing
    replaced_by: str
    path: Sequence[str]
    """The hashes by which the leaf leads to the published root of its batch, in hexadecimal."""
    verdict: Verdict

    @property
    def batch(self) -> Batch:
        """Return the batch that the certificate was issued in."""
        return self.certificate.batch


def by_serial(session: Session, text: str) -> Verified | None:
    """Return the certificate of a serial as somebody typed it, None where there is none.

    What is malformed is looked for as everything else, so that no answer tells it apart.
    """
    found = _find(session, normal(text[:LONGEST_SERIAL]))
    return _told(session, found) if found else None


def by_token(session: Session, text: str) -> tuple[Found, Verified | None]:
    """Return the certificate of a token, and whether it is what the registry has."""
    token = token_of(text)
    try:
        serial = read(token).facts.serial
    except Malformed:
        serial = ""
    found = _find(session, serial)
    genuine = verify(token, known_keys()).is_genuine
    if found is None or found.token != token or not genuine:
        return (Found.UNKNOWN if genuine else Found.FORGED), None
    return Found.KNOWN, _told(session, found)


def find_public_batch(session: Session, batch_id: int) -> Batch | None:
    """Return a batch whose root is published, None for any other number."""
    query = select(Batch).where(Batch.id == batch_id, Batch.published_at.is_not(None))
    return session.scalars(query).one_or_none()


def _find(session: Session, serial: str) -> Certificate | None:
    query = (
        select(Certificate)
        .where(Certificate.serial == serial)
        .options(
            joinedload(Certificate.award).options(
                joinedload(Award.participant), selectinload(Award.changes)
            ),
            joinedload(Certificate.batch),
            joinedload(Certificate.replaced_by),
            joinedload(Certificate.replaces),
            selectinload(Certificate.events),
        )
    )
    return session.scalars(query).unique().one_or_none()


def _told(session: Session, found: Certificate) -> Verified:
    successor = found.replaced_by
    return Verified(
        certificate=found,
        pinned=pinned_in(found.facts),
        standing=standing_of(found),
        replaced_by=successor.serial if successor else "",
        path=_path(session, found) if found.batch.published_at else (),
        verdict=verify(found.token, known_keys()),
    )


def _path(session: Session, found: Certificate) -> Sequence[str]:
    return [each.hex() for each in proof(_leaves(session, found.batch), found.position)]


def _leaves(session: Session, batch: Batch) -> Sequence[bytes]:
    """Return the leaves of a batch, read once: the root by which they are kept vouches for them."""
    leaves = _kept.get(batch.root)
    if leaves is None:
        query = (
            select(Certificate.token)
            .where(Certificate.batch_id == batch.id)
            .order_by(Certificate.position)
        )
        leaves = [token_bytes(each) for each in session.scalars(query)]
        while len(_kept) >= _MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[batch.root] = leaves
    return leaves
