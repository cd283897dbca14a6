"""Who may do what: permissions, the actor of a request, and what each route declares."""

from evaluator.access.actor import Actor, Grant, NotAllowed, within
from evaluator.access.permissions import PERMISSIONS, SECOND_FACTOR_ROLES, Permission, Role
from evaluator.access.routes import (
    confirmed,
    current_actor,
    declared_access,
    needs,
    public,
    signed_in,
    without_second_factor,
)

__all__ = [
    "PERMISSIONS",
    "SECOND_FACTOR_ROLES",
    "Actor",
    "Grant",
    "NotAllowed",
    "Permission",
    "Role",
    "confirmed",
    "current_actor",
    "declared_access",
    "needs",
    "public",
    "signed_in",
    "within",
    "without_second_factor",
]
