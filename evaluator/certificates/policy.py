"""Who may do what with certificates.

Who sees awards sees the certificates of its own place. Certificates are issued, replaced, revoked
and published by who awards over the whole district. Everybody may verify one by its serial number
or its code; they are told what stands on the paper and what became of it, not who did it.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.certificates.models import Certificate, CertificateState, EventKind
from evaluator.rule_sets.policy import may_everywhere
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

P = Permission
S = CertificateState
MENDED_BY_ANOTHER = (EventKind.LEVEL_LOWERED, EventKind.REVOKED)
"""What ended a certificate whose organisation may still be given another one."""


def manages(session: Session, actor: Actor) -> bool:
    """Return whether an actor issues, replaces, revokes and publishes."""
    return may_everywhere(session, actor, P.AWARD)


def may_replace(certificate: Certificate) -> bool:
    """Return whether another certificate can be issued in the place of one."""
    if not certificate.award.level or certificate.state is S.REPLACED:
        return False
    if certificate.state is S.REVOKED:
        return certificate.events[-1].kind in MENDED_BY_ANOTHER
    return True


def require_in_force(certificate: Certificate) -> None:
    """Raise Refusal where a certificate was replaced, revoked or is expired."""
    if certificate.state is not S.ISSUED:
        raise Refusal(gettext("This certificate is no longer in force; nothing was changed."))


def require_replaceable(certificate: Certificate) -> None:
    """Raise Refusal where no other certificate can take the place of one."""
    if not may_replace(certificate):
        raise Refusal(
            gettext("No other certificate can be issued in the place of this one any more.")
        )
