"""Bringing the registry into line with the awards: by the hour, by a command, or by a button."""

from __future__ import annotations

from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.certificates.log_lines import log_certificate
from evaluator.certificates.models import Certificate, CertificateEvent
from evaluator.certificates.queries import not_in_line
from evaluator.certificates.standing import AFTER, Due, due
from evaluator.database import now, take_turn
from evaluator.rule_sets.policy import require_everywhere


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
    session.flush()
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
