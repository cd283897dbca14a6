"""Tokens of programs: `Authorization: Bearer …`; a browser's session is nothing here."""

from __future__ import annotations

from flask import g, request
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from evaluator.access import Actor, Permission
from evaluator.accounts.models import Account, ApiToken, RoleGrant
from evaluator.accounts.sessions import actor_of, token_digest
from evaluator.database import db, now

PREFIX = "/api/v1/"


def load_token() -> None:
    """Put the actor of a request under `/api/v1/` into `g`, within the scopes of its token."""
    if not request.path.startswith(PREFIX):
        return
    # A cookie must not act here: a page elsewhere could make a browser send it.
    g.pop("sign_in", None)
    g.pop("actor", None)
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer" and token:
        actor = token_actor(db.session, token.strip(), request.remote_addr or "")
        if actor is not None:
            g.actor = actor


def token_actor(session: Session, token: str, address: str) -> Actor | None:
    """Return who acts by a token, None where it is unknown, over or revoked."""
    query = (
        select(ApiToken)
        .where(ApiToken.token_hash == token_digest(token))
        .options(selectinload(ApiToken.account, Account.grants, RoleGrant.organisation))
    )
    found = session.scalars(query).one_or_none()
    if found is None or found.revoked_at or found.ends_at <= now() or not found.account.is_active:
        return None
    actor = actor_of(found.account, address)
    scopes = frozenset(each for each in Permission if each.value in found.scopes)
    return Actor(actor.account_id, actor.name, actor.grants, address, scopes)
