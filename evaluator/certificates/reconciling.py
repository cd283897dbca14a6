"""Bringing the registry into line with the awards: by the hour, by a command, or by a button."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.certificates.letters import ENDED_BY_AWARD, tell_ended, tell_expiring
from evaluator.certificates.log_lines import log_certificate
from evaluator.certificates.models import Certificate, CertificateEvent
from evaluator.certificates.proposal_models import ProposalKind
from evaluator.certificates.proposing import pending_of
from evaluator.certificates.queries import ending, not_in_line
from evaluator.certificates.standing import AFTER, Due, due
from evaluator.database import now, take_turn
from evaluator.rule_sets.policy import require_everywhere

SOON = timedelta(days=60)
"""So long before its last day the branch of a certificate is written."""


def reconcile(session: Session, actor: Actor) -> int:
    """Note what became of awards on their certificates; return of how many it was noted.

    An award that was revoked revokes its certificate, one that went down or whose level changed
    revokes it until another one is issued, one that ended lets it expire. Done twice it does
    nothing more.
    """
    require_everywhere(session, actor, Permission.AWARD)
    if not not_in_line(session):
        return 0
    take_turn(session)
    session.expire_all()
    found = not_in_line(session)
    for each in found:
        if (noted := due(each)) is not None:
            _note(session, actor, each, noted)
            _drop_proposal(session, actor, each)
    session.flush()
    return len(found)


def remind(session: Session, actor: Actor) -> int:
    """Write to branches whose certificates end soon, each once; return how many they are."""
    require_everywhere(session, actor, Permission.AWARD)
    if not ending(session, SOON):
        return 0
    take_turn(session)
    session.expire_all()
    found = ending(session, SOON)
    for each in found:
        each.reminded_at = now()
    session.flush()
    tell_expiring(session, actor, found)
    return len(found)


def _note(session: Session, actor: Actor, certificate: Certificate, noted: Due) -> None:
    before = certificate.state
    certificate.state = AFTER[noted.kind]
    certificate.events.append(CertificateEvent(kind=noted.kind, on=noted.on, at=now()))
    log_certificate(
        session,
        actor,
        "certificate.end",
        certificate,
        before={"state": before},
        after={"state": certificate.state, "change": noted.kind},
    )
    if noted.kind in ENDED_BY_AWARD:
        tell_ended(session, actor, certificate, noted.kind, reason="")


def _drop_proposal(session: Session, actor: Actor, certificate: Certificate) -> None:
    """Withdraw what was proposed of a certificate that has ended by itself meanwhile."""
    proposal = pending_of(session, certificate)
    if proposal is not None and proposal.kind is not ProposalKind.REPLACE:
        proposal.withdrawn_at = now()
        told = {"change": proposal.kind, "proposed_by": proposal.proposed_by}
        log_certificate(session, actor, "certificate.withdraw", certificate, after=told)
