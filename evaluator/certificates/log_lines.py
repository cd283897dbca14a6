"""Lines of the audit log about certificates and their batches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.audit.operations import write_line
from evaluator.certificates.models import Batch, Certificate
from evaluator.rule_sets.policy import district_path


def log_certificate(
    session: Session,
    actor: Actor,
    action: str,
    certificate: Certificate,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Write a line about a certificate; the place is that of its organisation."""
    write_line(
        session,
        actor,
        action=action,
        subject="certificate",
        subject_id=certificate.id,
        organisation_path=certificate.participant.path,
        before=before,
        after={"serial": certificate.serial, **(after or {})},
        reason=reason,
    )


def log_batch(
    session: Session, actor: Actor, action: str, batch: Batch, after: Mapping[str, Any]
) -> None:
    """Write a line about a batch; the place is the district."""
    write_line(
        session,
        actor,
        action=action,
        subject="certificate_batch",
        subject_id=batch.id,
        organisation_path=district_path(session),
        after=after,
    )
