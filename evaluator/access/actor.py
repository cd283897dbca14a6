"""Who acts: an account with its roles, each at a place in the tree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import ColumnElement, false, or_
from sqlalchemy.orm import InstrumentedAttribute

from evaluator.access.permissions import PERMISSIONS, Permission, Role


class NotAllowed(Exception):
    """Something that the caller may not see or do; answered as if it did not exist."""


@dataclass(frozen=True)
class Grant:
    """A role at a place; `path` is that of the organisation in the tree, such as `/1/7/`."""

    role: Role
    path: str


@dataclass(frozen=True)
class Actor:
    """An account as it acts in one request; `limited_to` holds the scopes of an API token."""

    account_id: int | None
    name: str
    grants: tuple[Grant, ...] = ()
    address: str = ""
    limited_to: frozenset[Permission] | None = None

    @classmethod
    def system(cls, name: str = "system", roles: Iterable[Role] = tuple(Role)) -> Actor:
        """Return the platform itself, as the command line acts: every role over the whole tree."""
        return cls(None, name, tuple(Grant(role, "/") for role in roles))

    def places(self, permission: Permission) -> tuple[str, ...]:
        """Return the paths below which the actor has a permission; `/` is everywhere."""
        if self.limited_to is not None and permission not in self.limited_to:
            return ()
        return tuple(
            dict.fromkeys(
                grant.path for grant in self.grants if permission in PERMISSIONS[grant.role]
            )
        )

    def may(self, permission: Permission, path: str | None = None) -> bool:
        """Return whether the actor has a permission at a place, or anywhere where none is given."""
        places = self.places(permission)
        return bool(places) if path is None else any(path.startswith(place) for place in places)

    def require(self, permission: Permission, path: str | None = None) -> None:
        """Raise NotAllowed where the actor lacks a permission at a place."""
        if not self.may(permission, path):
            raise NotAllowed(permission)

    def has_role(self, role: Role) -> bool:
        """Return whether the actor has a role anywhere."""
        return any(grant.role is role for grant in self.grants)


def within(
    path: InstrumentedAttribute[str], actor: Actor, permission: Permission
) -> ColumnElement[bool]:
    """Return the SQL condition that a row's path lies where the actor has a permission.

    Every list, count, search, export and sort order goes through it.
    """
    return _below(path, actor.places(permission))


@lru_cache(maxsize=1_000)
def _below(path: InstrumentedAttribute[str], places: tuple[str, ...]) -> ColumnElement[bool]:
    """Return a condition, put together once: every list asks for the same ones again."""
    return or_(false(), *(path.startswith(place, autoescape=True) for place in places))
