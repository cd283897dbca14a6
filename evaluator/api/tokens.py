"""Tokens of programs: `Authorization: Bearer …`; a browser's session is nothing here."""

from __future__ import annotations

from datetime import timedelta

from flask import g, request
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from evaluator.access import Actor, Permission
from evaluator.accounts.models import Account, ApiToken, RoleGrant
from evaluator.accounts.sessions import actor_of, token_digest
from evaluator.database import db, now

PREFIX = "/api/v1/"
EXACT_TO = timedelta(minutes=5)
"""So exactly is it noted when a token last changed something."""


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
    if request.method not in ("GET", "HEAD"):
        _note_change(found)
    actor = actor_of(found.account, address)
    scopes = frozenset(each for each in Permission if each.value in found.scopes)
    return Actor(actor.account_id, actor.name, actor.grants, address, scopes)


def _note_change(token: ApiToken) -> None:
    """Note that a token changes something, in the unit of work of the change: both or neither.

    Reading is not noted: it would turn every reader into a writer.
    """
    moment = now()
    if token.used_at is None or token.used_at < moment - EXACT_TO:
        token.used_at = moment
