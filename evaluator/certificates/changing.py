"""What was proposed of a certificate and confirmed is done: replaced, revoked, ended early."""

from __future__ import annotations

from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.awards.changing import rules_for
from evaluator.certificates.issuing import Wish, add_batch
from evaluator.certificates.letters import tell_ended, tell_replaced
from evaluator.certificates.log_lines import log_certificate
from evaluator.certificates.models import Certificate, CertificateEvent, EventKind
from evaluator.certificates.preparing import obstacles, specimen
from evaluator.certificates.proposal_models import CertificateProposal
from evaluator.certificates.standing import AFTER
from evaluator.database import now
from evaluator.notices.calendar import day_of
from evaluator.organisations.models import Organisation
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext
from reports.certificate import Template
from reports.certificate.data import LONGEST_NAME


def name_now(session: Session, certificate: Certificate) -> str:
    """Return what the organisation is called in the register now."""
    return session.get_one(Organisation, certificate.participant.organisation_id).name


def replace(
    session: Session,
    actor: Actor,
    proposal: CertificateProposal,
    *,
    template: Template,
    address: str,
) -> Certificate:
    """Issue another certificate in the place of one, with the name that the register has now."""
    certificate = proposal.certificate
    award, name = certificate.award, name_now(session, certificate)
    require_printable(session, certificate, template)
    wish = Wish(award, name, rules_for(session, award), certificate)
    made = award.participant.round
    batch = add_batch(session, actor, made=made, wishes=[wish], template=template, address=address)
    found = certificate.replaced_by
    assert found is not None  # noqa: S101 - it was just added
    _note(session, actor, proposal, EventKind.REPLACED)
    told = {"replaced_by": found.serial, "batch": batch.id, "proposed_by": proposal.proposed_by}
    log_certificate(
        session, actor, "certificate.replace", certificate, after=told, reason=proposal.reason
    )
    tell_replaced(session, actor, certificate, found, reason=proposal.reason)
    return found


def revoke(session: Session, actor: Actor, proposal: CertificateProposal) -> None:
    """Revoke a certificate; what becomes of its award is decided on the award's own page."""
    _end(session, actor, proposal, EventKind.REVOKED, "certificate.revoke")


def end_early(session: Session, actor: Actor, proposal: CertificateProposal) -> None:
    """Let a certificate expire today."""
    _end(session, actor, proposal, EventKind.ENDED_EARLY, "certificate.end_early")


def require_printable(session: Session, certificate: Certificate, template: Template) -> None:
    """Raise Refusal where the name that the register has now cannot be printed."""
    name, award = name_now(session, certificate), certificate.award
    paper = specimen(award, rules_for(session, award), name[:LONGEST_NAME])
    if len(name) > LONGEST_NAME or obstacles([paper], template):
        raise Refusal(gettext("Some characters or names cannot be printed by this template."))


def _end(
    session: Session, actor: Actor, proposal: CertificateProposal, kind: EventKind, action: str
) -> None:
    certificate = proposal.certificate
    _note(session, actor, proposal, kind)
    told = {"document": proposal.document, "proposed_by": proposal.proposed_by}
    log_certificate(session, actor, action, certificate, after=told, reason=proposal.reason)
    tell_ended(session, actor, certificate, kind, reason=proposal.reason)


def _note(session: Session, actor: Actor, proposal: CertificateProposal, kind: EventKind) -> None:
    moment, certificate = now(), proposal.certificate
    certificate.state = AFTER[kind]
    certificate.events.append(
        CertificateEvent(
            kind=kind,
            on=day_of(moment),
            at=moment,
            account_id=actor.account_id,
            proposed_by=proposal.proposed_by,
            reason=proposal.reason,
            document=proposal.document,
        )
    )
    session.flush()
