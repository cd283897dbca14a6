"""The access that each route declares: a permission, any account, or the public.

A route that declares nothing answers nobody; `evaluator.access.guard` sees to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from flask import g

from evaluator.access.actor import Actor, NotAllowed
from evaluator.access.permissions import Permission

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Access:
    """What a route asks of its caller.

    `permission` must be held somewhere in the tree; the query of the view then looks only there.
    `confirmed` asks for a password or code given in the last minutes, for dangerous acts.
    """

    public: bool = False
    permission: Permission | None = None
    confirmed: bool = False
    second_factor: bool = True


def needs(permission: Permission) -> Callable[[View], View]:
    """Declare that a route is for those who hold a permission somewhere in the tree."""
    return _declaring(permission=permission)


def signed_in(view: View) -> View:
    """Declare that a route is for every account, about the caller's own things."""
    return _declaring()(view)


def public(view: View) -> View:
    """Declare that a route is for everybody."""
    return _declaring(public=True)(view)


def confirmed(view: View) -> View:
    """Declare that a route is a dangerous act: the caller must have proved anew who they are."""
    return _declaring(confirmed=True)(view)


def without_second_factor(view: View) -> View:
    """Declare that a route works before a second factor is set up, such as setting it up."""
    return _declaring(second_factor=False)(view)


def declared_access(view: Callable[..., Any], method: str) -> Access | None:
    """Return what a view function declares for an HTTP method, None where it declares nothing."""
    view_class = getattr(view, "view_class", None)
    target = getattr(view_class, method.lower(), view) if view_class else view
    return getattr(target, "access", None)


def current_actor() -> Actor:
    """Return who acts in this request; raises NotAllowed where nobody is signed in."""
    actor: Actor | None = g.get("actor")
    if actor is None:
        raise NotAllowed("nobody is signed in")
    return actor


def _declaring(**what: Any) -> Callable[[View], View]:
    def declare(view: View) -> View:
        view.access = replace(getattr(view, "access", Access()), **what)  # type: ignore[attr-defined]
        return view

    return declare
