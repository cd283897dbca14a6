"""Reading the signed files of a batch: how far they are, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluator.access import NotAllowed
from evaluator.awards.models import Award
from evaluator.certificates.models import Batch, Certificate
from evaluator.certificates.signed.models import SignedFile, SigningRun
from evaluator.rounds.models import Participant

ALL = "all"


@dataclass(frozen=True)
class Parcel:
    """Signed files that go to one committee, or all of them."""

    name: str
    committee: str
    count: int
    size: int


def run_of(session: Session, batch: Batch) -> SigningRun | None:
    """Return the signing of a batch, None where nobody has asked for it."""
    return session.scalars(select(SigningRun).where(SigningRun.batch_id == batch.id)).one_or_none()


def find_signing(session: Session, batch: Batch) -> SigningRun:
    """Return the signing of a batch; raises NotAllowed where there is none."""
    found = run_of(session, batch)
    if found is None:
        raise NotAllowed("the batch is not signed")
    return found


def parcels_of(session: Session, run: SigningRun) -> list[Parcel]:
    """Return how many signed files there are by committee, in the order of printing."""
    query = (
        select(
            Participant.committee_id,
            func.max(Participant.committee),
            func.count(),
            func.sum(SignedFile.size),
        )
        .select_from(SignedFile)
        .join(Certificate, Certificate.id == SignedFile.certificate_id)
        .join(Award, Award.id == Certificate.award_id)
        .join(Participant, Participant.id == Award.participant_id)
        .where(SignedFile.run_id == run.id)
        .group_by(Participant.committee_id)
        .order_by(func.min(Certificate.position))
    )
    rows = session.execute(query).all()
    return [Parcel(str(number), name, count, size) for number, name, count, size in rows]


def contents_of(session: Session, run: SigningRun, name: str) -> list[tuple[str, str]]:
    """Return names and storage keys of the files of a parcel; raises NotAllowed where empty."""
    query = (
        select(Certificate.serial, Certificate.name, SignedFile.storage_key)
        .join(Certificate, Certificate.id == SignedFile.certificate_id)
        .join(Award, Award.id == Certificate.award_id)
        .join(Participant, Participant.id == Award.participant_id)
        .where(SignedFile.run_id == run.id)
        .order_by(Certificate.position)
    )
    if name != ALL:
        if not name.isascii() or not name.isdigit():
            raise NotAllowed("no such parcel")
        query = query.where(Participant.committee_id == int(name[:18]))
    found = [(f"{serial} {who}.pdf", key) for serial, who, key in session.execute(query)]
    if not found:
        raise NotAllowed("no such parcel")
    return found


def signed_file_of(session: Session, certificate: Certificate) -> SignedFile | None:
    """Return the signed document of a certificate, None where it has none."""
    query = select(SignedFile).where(SignedFile.certificate_id == certificate.id)
    return session.scalars(query).one_or_none()
