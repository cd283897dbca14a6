"""What is done with a batch once it is issued: its root published, its files drawn."""

from __future__ import annotations

from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.certificates.log_lines import log_batch
from evaluator.certificates.models import Batch, PrintRun
from evaluator.certificates.papers import paper_of, template_named
from evaluator.certificates.preparing import obstacles
from evaluator.certificates.printing import start_printing
from evaluator.certificates.queries import certificates_in
from evaluator.database import now, take_turn
from evaluator.jobs.operations import cancel, resume
from evaluator.rule_sets.policy import require_everywhere
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

P = Permission


def publish(session: Session, actor: Actor, *, batch: Batch) -> None:
    """Publish the root of a batch, for ever: from then on nobody can add to it unseen."""
    require_everywhere(session, actor, P.AWARD)
    if batch.published_at is not None:
        raise Refusal(gettext("The root of this batch is published already."))
    batch.published_at = now()
    session.flush()
    log_batch(session, actor, "certificate_batch.publish", batch, {"root": batch.root})


def print_by(session: Session, actor: Actor, *, batch: Batch, template: str) -> PrintRun:
    """Let a batch be printed by a further template, such as a plaque."""
    require_everywhere(session, actor, P.AWARD)
    take_turn(session)
    session.refresh(batch)
    if any(each.template == template for each in batch.prints):
        raise Refusal(gettext("This batch is printed by this template already."))
    papers = [paper_of(each) for each in certificates_in(session, batch.id)]
    if obstacles(papers, template_named(template)):
        raise Refusal(gettext("Some characters or names cannot be printed by this template."))
    run = start_printing(session, batch, template)
    log_batch(session, actor, "certificate_batch.print", batch, {"template": template})
    return run


def stop_printing(session: Session, actor: Actor, *, run: PrintRun) -> None:
    """Stop drawing the print files after the ones at hand; what is drawn is kept."""
    require_everywhere(session, actor, P.AWARD)
    if run.job_id is None or not cancel(session, run.job_id):
        raise Refusal(gettext("Nothing is being drawn for this batch now."))
    log_batch(session, actor, "certificate_batch.stop", run.batch, {"template": run.template})


def go_on_printing(session: Session, actor: Actor, *, run: PrintRun) -> None:
    """Go on drawing the print files where it stopped."""
    require_everywhere(session, actor, P.AWARD)
    if run.job_id is None or not resume(session, run.job_id):
        raise Refusal(gettext("Nothing of this batch was stopped."))
    log_batch(session, actor, "certificate_batch.go_on", run.batch, {"template": run.template})
