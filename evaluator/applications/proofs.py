"""What evidence asks of applications, and what a submission says of the evidence."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.applications.content import Evidence
from evaluator.applications.models import Application, Submission
from evaluator.applications.policy import is_with_the_branch
from evaluator.applications.queries import application_of
from evaluator.evidence.models import EvidenceFile
from evaluator.evidence.policy import register_editable, register_named
from evaluator.evidence.queries import evidence_of
from evaluator.rounds.models import Participant


def evidence_named(session: Session, participant: Participant) -> Evidence:
    """Return the files that prove each indicator, by name and digest."""
    return {
        indicator: [{"name": file.name, "sha256": file.sha256} for file in files]
        for indicator, files in sorted(evidence_of(session, participant.id).items())
    }


def is_editable(session: Session, participant: Participant) -> bool:
    """Return whether the evidence of a participant may be changed: as long as its answers may."""
    return is_with_the_branch(participant, application_of(session, participant))


def is_named(session: Session, file: EvidenceFile) -> bool:
    """Return whether something that was submitted names a file."""
    query = (
        select(Submission.id)
        .join(Application)
        .where(
            Application.participant_id == file.participant_id,
            Submission.content.contains(file.sha256),
        )
    )
    return session.scalars(query.limit(1)).first() is not None


register_editable(is_editable)
register_named(is_named)
