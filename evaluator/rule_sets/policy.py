"""Who may do what with rule sets.

A rule set binds the whole district, so that only who manages rule sets at its root may write one.
Published ones are for everybody; drafts are for those who write them, and for supervisors.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.organisations.models import Organisation, Tier


def district_path(session: Session) -> str:
    """Return the path of the district, `/` where there is none yet."""
    return (
        session.scalars(
            select(Organisation.path)
            .where(Organisation.tier == Tier.DISTRICT)
            .order_by(Organisation.id)
            .limit(1)
        ).first()
        or "/"
    )


def may_everywhere(session: Session, actor: Actor, permission: Permission) -> bool:
    """Return whether an actor has a permission over the whole district."""
    return actor.may(permission) and actor.may(permission, district_path(session))


def require_everywhere(session: Session, actor: Actor, permission: Permission) -> None:
    """Raise NotAllowed where an actor lacks a permission over the whole district."""
    actor.require(permission, district_path(session))


def sees_drafts(session: Session, actor: Actor) -> bool:
    """Return whether an actor sees rule sets and rounds that are still being prepared."""
    return may_everywhere(session, actor, Permission.MANAGE_RULE_SETS) or actor.may(
        Permission.READ_AUDIT
    )
