"""Asking for the signed files of a batch, stopping and going on."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.certificates.log_lines import log_batch
from evaluator.certificates.models import Batch
from evaluator.certificates.signed.files import SIGNING, require_same
from evaluator.certificates.signed.models import SigningRun
from evaluator.certificates.signed.queries import run_of
from evaluator.certificates.signed.signatory import require_signatory
from evaluator.database import now, take_turn
from evaluator.jobs.operations import cancel, resume, start
from evaluator.rule_sets.policy import require_everywhere
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

P = Permission


def start_signing(session: Session, actor: Actor, *, batch: Batch, fingerprint: str) -> SigningRun:
    """Let every certificate of a batch be signed; `fingerprint` is of the one that was shown."""
    require_everywhere(session, actor, P.AWARD)
    take_turn(session)
    session.execute(select(Batch.id).where(Batch.id == batch.id).with_for_update())
    if run_of(session, batch) is not None:
        raise Refusal(gettext("This batch has been signed already, or is being signed."))
    signatory = require_signatory()
    if signatory.fingerprint != fingerprint:
        raise Refusal(
            gettext("The certificate has been exchanged since you opened the page. Look again.")
        )
    run = SigningRun(
        batch=batch,
        template=batch.prints[0].template,
        moment=now().replace(microsecond=0),
        signer=signatory.name,
        issuer=signatory.issuer,
        fingerprint=signatory.fingerprint,
        valid_until=signatory.valid_until,
        account_id=actor.account_id,
    )
    session.add(run)
    session.flush()
    run.job_id = start(session, SIGNING, {"run": run.id})
    told = {"signer": run.signer, "fingerprint": run.fingerprint}
    log_batch(session, actor, "certificate_batch.sign", batch, told)
    return run


def stop_signing(session: Session, actor: Actor, *, run: SigningRun) -> None:
    """Stop after the certificates at hand; what is signed is kept."""
    require_everywhere(session, actor, P.AWARD)
    if run.job_id is None or not cancel(session, run.job_id):
        raise Refusal(gettext("Nothing of this batch is being signed now."))
    log_batch(session, actor, "certificate_batch.stop_signing", run.batch, {})


def go_on_signing(session: Session, actor: Actor, *, run: SigningRun) -> None:
    """Go on where it stopped, with the certificate by which it was begun."""
    require_everywhere(session, actor, P.AWARD)
    require_same(run)
    if run.job_id is None or not resume(session, run.job_id):
        raise Refusal(gettext("Nothing of this batch was stopped."))
    log_batch(session, actor, "certificate_batch.go_on_signing", run.batch, {})
