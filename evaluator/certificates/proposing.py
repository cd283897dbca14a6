"""Replacing, revoking and ending early: proposed by one organiser, confirmed by another one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import Actor, NotAllowed, Permission
from evaluator.certificates.changing import end_early, replace, require_printable, revoke
from evaluator.certificates.letters import tell_proposed
from evaluator.certificates.log_lines import log_certificate
from evaluator.certificates.models import Certificate
from evaluator.certificates.numbering import hold_year
from evaluator.certificates.policy import require_in_force, require_replaceable
from evaluator.certificates.proposal_models import CertificateProposal, ProposalKind
from evaluator.certificates.standing import standing_of
from evaluator.database import now
from evaluator.rule_sets.policy import require_everywhere
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext
from reports.certificate import Template

P = Permission
K = ProposalKind


@dataclass(frozen=True)
class Proposed:
    """What somebody wants to become of a certificate."""

    kind: ProposalKind
    reason: str
    document: str = ""


def propose(
    session: Session,
    actor: Actor,
    *,
    certificate: Certificate,
    proposed: Proposed,
    template: Template,
    version: int,
) -> CertificateProposal:
    """Propose what is to become of a certificate; it holds until a second person confirms."""
    require_everywhere(session, actor, P.AWARD)
    _require_version(session, certificate, version)
    if pending_of(session, certificate) is not None:
        raise Refusal(gettext("A proposal of this certificate already waits for a second person."))
    _require_possible(session, certificate, proposed.kind, template)
    if not proposed.reason.strip():
        raise Refusal(gettext("Say why: those concerned will read it."))
    made = CertificateProposal(
        certificate=certificate,
        kind=proposed.kind,
        reason=proposed.reason,
        document=proposed.document,
        proposed_by=actor.account_id,
        proposed_at=now(),
    )
    session.add(made)
    _touch(certificate)
    session.flush()
    _log(session, actor, "certificate.propose", made, proposed.reason)
    tell_proposed(session, actor, certificate)
    return made


def confirm(
    session: Session,
    actor: Actor,
    *,
    proposal: CertificateProposal,
    template: Template,
    address: str,
    version: int,
) -> Certificate:
    """Do what was proposed, as its second person; return the certificate to look at."""
    certificate = proposal.certificate
    require_everywhere(session, actor, P.AWARD)
    hold_year(session, certificate.year)
    _require_version(session, certificate, version)
    require_pending(proposal)
    if not may_confirm(actor, proposal):
        raise Refusal(gettext("You proposed this yourself. Another organiser has to confirm it."))
    _require_possible(session, certificate, proposal.kind, template)
    proposal.confirmed_by, proposal.confirmed_at = actor.account_id, now()
    session.flush()
    if proposal.kind is K.REPLACE:
        return replace(session, actor, proposal, template=template, address=address)
    (revoke if proposal.kind is K.REVOKE else end_early)(session, actor, proposal)
    return certificate


def withdraw(
    session: Session, actor: Actor, *, proposal: CertificateProposal, reason: str, version: int
) -> None:
    """Take a proposal back, or refuse it as the second person; it stays with its reason."""
    require_everywhere(session, actor, P.AWARD)
    _require_version(session, proposal.certificate, version)
    require_pending(proposal)
    if not reason.strip():
        raise Refusal(gettext("Say why: those concerned will read it."))
    proposal.withdrawn_at = now()
    _touch(proposal.certificate)
    session.flush()
    _log(session, actor, "certificate.withdraw", proposal, reason)


def may_confirm(actor: Actor, proposal: CertificateProposal) -> bool:
    """Return whether an actor is a second person for a proposal."""
    known = actor.account_id is not None and proposal.proposed_by is not None
    return known and actor.account_id != proposal.proposed_by


def require_pending(proposal: CertificateProposal) -> None:
    """Raise Refusal where a proposal has been confirmed or withdrawn."""
    if not proposal.is_pending:
        raise Refusal(gettext("This proposal has been confirmed or withdrawn already."))


def proposals_of(session: Session, certificate: Certificate) -> list[CertificateProposal]:
    """Return all that was proposed of a certificate, in its order."""
    query = select(CertificateProposal).where(CertificateProposal.certificate_id == certificate.id)
    return list(session.scalars(query.order_by(CertificateProposal.id)))


def pending_of(session: Session, certificate: Certificate) -> CertificateProposal | None:
    """Return the proposal that waits for a second person."""
    return next((each for each in proposals_of(session, certificate) if each.is_pending), None)


def find_proposal(
    session: Session, certificate: Certificate, proposal_id: int
) -> CertificateProposal:
    """Return a proposal of a certificate; raises NotAllowed where it has none such."""
    found = session.get(
        CertificateProposal, proposal_id, options=[joinedload(CertificateProposal.certificate)]
    )
    if found is None or found.certificate_id != certificate.id:
        raise NotAllowed("no such proposal")
    return found


def waiting_for(session: Session, actor: Actor) -> int:
    """Return how many proposals of others wait for an actor to confirm or refuse them."""
    query = select(func.count(CertificateProposal.id)).where(
        CertificateProposal.confirmed_at.is_(None),
        CertificateProposal.withdrawn_at.is_(None),
        CertificateProposal.proposed_by != actor.account_id,
    )
    return session.scalar(query) or 0


def _require_possible(
    session: Session, certificate: Certificate, kind: ProposalKind, template: Template
) -> None:
    if kind is K.REPLACE:
        require_replaceable(certificate)
        require_printable(session, certificate, template)
        return
    require_in_force(certificate)
    if not standing_of(certificate).is_valid:
        # What its award or its term ended is noted by the hour; nothing is left to take away.
        raise Refusal(gettext("This certificate is no longer in force; nothing was changed."))


def _require_version(session: Session, certificate: Certificate, version: int) -> None:
    """Refuse whoever read a certificate before somebody else changed it."""
    session.refresh(certificate)
    if certificate.version != version:
        raise StaleDataError("the certificate was changed since it was read")


def _touch(certificate: Certificate) -> None:
    """Let whoever read the certificate before this be refused."""
    flag_modified(certificate, "state")


def _log(
    session: Session, actor: Actor, action: str, proposal: CertificateProposal, reason: str
) -> None:
    told: dict[str, Any] = {"change": proposal.kind, "proposed_by": proposal.proposed_by}
    log_certificate(session, actor, action, proposal.certificate, after=told, reason=reason)
