"""Short ways to fill a register for its tests."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.audit.models import AuditLine
from evaluator.organisations import operations
from evaluator.organisations.details import Details
from evaluator.organisations.models import Kind, Organisation


def enter(
    session: Session, code: str, parent: Organisation, kind: Kind = Kind.BRANCH, name: str = ""
) -> Organisation:
    """Enter a branch of any kind below another organisation."""
    details = Details(name=name or f"党组织{code}", kind=kind, category="community", members=10)
    made = operations.create(session, Actor.system(), code=code, parent=parent, details=details)
    session.commit()
    return made


def actions(session: Session) -> list[str]:
    """Return what the audit log holds, in its order."""
    session.commit()
    return list(session.scalars(select(AuditLine.action).order_by(AuditLine.number)))


def paths(session: Session) -> dict[str, str]:
    """Return the path of each organisation by its code, as the database has it now."""
    session.commit()
    session.expire_all()
    return {each.code: each.path for each in session.scalars(select(Organisation))}
