"""Publishing the Merkle root of a batch: from then on nobody can add to it unseen."""

from __future__ import annotations

from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.certificates.log_lines import log_batch
from evaluator.certificates.models import Batch
from evaluator.database import now
from evaluator.jobs.operations import cancel, resume
from evaluator.rule_sets.policy import require_everywhere
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

P = Permission


def publish(session: Session, actor: Actor, *, batch: Batch) -> None:
    """Publish the root of a batch, for ever."""
    require_everywhere(session, actor, P.AWARD)
    if batch.published_at is not None:
        raise Refusal(gettext("The root of this batch is published already."))
    batch.published_at = now()
    session.flush()
    log_batch(session, actor, "certificate_batch.publish", batch, {"root": batch.root})


def stop_printing(session: Session, actor: Actor, *, batch: Batch) -> None:
    """Stop drawing the print files after the ones at hand; what is drawn is kept."""
    require_everywhere(session, actor, P.AWARD)
    if batch.job_id is None or not cancel(session, batch.job_id):
        raise Refusal(gettext("Nothing is being drawn for this batch now."))
    log_batch(session, actor, "certificate_batch.stop", batch, {"count": batch.count})


def go_on_printing(session: Session, actor: Actor, *, batch: Batch) -> None:
    """Go on drawing the print files where it stopped."""
    require_everywhere(session, actor, P.AWARD)
    if batch.job_id is None or not resume(session, batch.job_id):
        raise Refusal(gettext("Nothing of this batch was stopped."))
    log_batch(session, actor, "certificate_batch.go_on", batch, {"count": batch.count})
