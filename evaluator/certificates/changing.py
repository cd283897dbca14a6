"""Replacing and revoking a certificate, each with a reason that everybody may read."""

from __future__ import annotations

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import Actor, Permission
from evaluator.awards.changing import rules_for
from evaluator.certificates.issuing import Wish, add_batch
from evaluator.certificates.log_lines import log_certificate
from evaluator.certificates.models import (
    Certificate,
    CertificateEvent,
    CertificateState,
    EventKind,
)
from evaluator.certificates.numbering import hold_year
from evaluator.certificates.policy import require_in_force, require_replaceable
from evaluator.certificates.preparing import obstacles, specimen
from evaluator.database import now
from evaluator.notices.calendar import day_of
from evaluator.organisations.models import Organisation
from evaluator.rule_sets.policy import require_everywhere
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext
from reports.certificate import Certificate as Paper
from reports.certificate import Template
from reports.certificate.data import LONGEST_NAME

P = Permission
S = CertificateState


def name_now(session: Session, certificate: Certificate) -> str:
    """Return what the organisation is called in the register now."""
    return session.get_one(Organisation, certificate.participant.organisation_id).name


def replace(
    session: Session,
    actor: Actor,
    *,
    certificate: Certificate,
    reason: str,
    document: str,
    template: Template,
    address: str,
    version: int,
) -> Certificate:
    """Issue another certificate in the place of one, with the name that the register has now."""
    require_everywhere(session, actor, P.AWARD)
    hold_year(session, certificate.year)
    _require_version(session, certificate, version)
    require_replaceable(certificate)
    _require_reason(reason)
    award, name = certificate.award, name_now(session, certificate)
    rules = rules_for(session, award)
    _require_printable(specimen(award, rules, name[:LONGEST_NAME]), name, template)
    wish = Wish(award, name, rules, certificate)
    made = award.participant.round
    batch = add_batch(session, actor, made=made, wishes=[wish], template=template, address=address)
    found = certificate.replaced_by
    assert found is not None  # noqa: S101 - it was just added
    _note(session, actor, certificate, S.REPLACED, EventKind.REPLACED, reason, document)
    told = {"replaced_by": found.serial, "batch": batch.id}
    log_certificate(session, actor, "certificate.replace", certificate, after=told, reason=reason)
    return found


def revoke(
    session: Session,
    actor: Actor,
    *,
    certificate: Certificate,
    reason: str,
    document: str,
    version: int,
) -> None:
    """Revoke a certificate; what becomes of its award is decided on the award's own page."""
    require_everywhere(session, actor, P.AWARD)
    _require_version(session, certificate, version)
    require_in_force(certificate)
    _require_reason(reason)
    _note(session, actor, certificate, S.REVOKED, EventKind.REVOKED, reason, document)
    log_certificate(
        session, actor, "certificate.revoke", certificate, after={"document": document},
        reason=reason,
    )  # fmt: skip


def _note(
    session: Session,
    actor: Actor,
    certificate: Certificate,
    state: CertificateState,
    kind: EventKind,
    reason: str,
    document: str,
) -> None:
    moment = now()
    certificate.state = state
    certificate.events.append(
        CertificateEvent(
            kind=kind,
            on=day_of(moment),
            at=moment,
            account_id=actor.account_id,
            reason=reason,
            document=document,
        )
    )
    session.flush()


def _require_version(session: Session, certificate: Certificate, version: int) -> None:
    """Refuse whoever read a certificate before somebody else changed it."""
    session.refresh(certificate)
    if certificate.version != version:
        raise StaleDataError("the certificate was changed since it was read")


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refusal(gettext("Say why: those concerned will read it."))


def _require_printable(paper: Paper, name: str, template: Template) -> None:
    if len(name) > LONGEST_NAME or obstacles([paper], template):
        raise Refusal(gettext("Some characters or names cannot be printed by this template."))
