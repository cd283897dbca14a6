"""Sign-ins: the browser holds a random token, the database its digest and when it ends."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from flask import g, request
from flask import session as browser_session
from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session, joinedload

from evaluator.access import SECOND_FACTOR_ROLES, Actor, Grant, NotAllowed, Role
from evaluator.accounts.models import Account, RoleGrant, SignIn
from evaluator.database import db, now

LASTS = timedelta(hours=12)
IDLE = timedelta(hours=2)
SEEN_EVERY = timedelta(minutes=5)
CONFIRMED_FOR = timedelta(minutes=15)
_COOKIE_KEY = "sign_in"


def token_digest(token: str) -> str:
    """Return what is kept of a random token; it needs no slow hash, nobody can guess it."""
    return hashlib.sha256(token.encode()).hexdigest()


def start_sign_in(session: Session, account: Account, *, second_factor: bool) -> SignIn:
    """Begin a new session of an account in this browser; whatever it held before is dropped."""
    end_sign_in(session)
    token = secrets.token_urlsafe(32)
    moment = now()
    sign_in = SignIn(
        token_hash=token_digest(token),
        account=account,
        started_at=moment,
        seen_at=moment,
        ends_at=moment + LASTS,
        second_factor_at=moment if second_factor else None,
        confirmed_at=moment,
        address=request.remote_addr or "",
        browser=(request.user_agent.string or "")[:200],
    )
    session.add(sign_in)
    browser_session[_COOKIE_KEY] = token
    browser_session.permanent = True
    return sign_in


def renew_sign_in(sign_in: SignIn) -> None:
    """Give a session a new token: one that was known before its rights rose is worth nothing."""
    token = secrets.token_urlsafe(32)
    sign_in.token_hash = token_digest(token)
    browser_session[_COOKIE_KEY] = token


def end_sign_in(session: Session) -> None:
    """End the session of this browser."""
    token = browser_session.pop(_COOKIE_KEY, "")
    session.execute(delete(SignIn).where(SignIn.token_hash == token_digest(token)))
    browser_session.clear()


def end_sign_ins(session: Session, account_id: int, *, but: SignIn | None = None) -> None:
    """End all sessions of an account, but perhaps one."""
    query = delete(SignIn).where(SignIn.account_id == account_id)
    session.execute(query if but is None else query.where(SignIn.id != but.id))


def start_anew(session: Session, account: Account) -> None:
    """End the sessions of an account whose rights rose; the caller's own gets a new token."""
    own: SignIn | None = g.get("sign_in")
    if own is None or own.account_id != account.id:
        end_sign_ins(session, account.id)
        return
    end_sign_ins(session, account.id, but=own)
    renew_sign_in(own)


def current_sign_in() -> SignIn:
    """Return the sign-in of this request; raises NotAllowed where nobody is signed in."""
    sign_in: SignIn | None = g.get("sign_in")
    if sign_in is None:
        raise NotAllowed("nobody is signed in")
    return sign_in


def load_sign_in() -> None:
    """Put the sign-in and the actor of this request into `g`, if there is a valid one."""
    token = browser_session.get(_COOKIE_KEY)
    sign_in = _valid(db.session, token, now()) if token else None
    if sign_in is None:
        return
    g.sign_in = sign_in
    g.actor = actor_of(sign_in.account, request.remote_addr or "")
    _touch(sign_in)


def actor_of(account: Account, address: str) -> Actor:
    """Return an account as it acts, with its roles and their places."""
    grants = tuple(Grant(Role(each.role), each.organisation.path) for each in account.grants)
    return Actor(account.id, account.name, grants, address)


def confirmed_lately() -> bool:
    """Return whether the person proved who they are within the last minutes."""
    sign_in: SignIn | None = g.get("sign_in")
    return bool(sign_in and sign_in.confirmed_at and now() - sign_in.confirmed_at < CONFIRMED_FOR)


def wants_second_factor() -> bool:
    """Return whether a role of the account asks for a second factor that this sign-in lacks."""
    sign_in: SignIn | None = g.get("sign_in")
    if sign_in is None or sign_in.second_factor_at:
        return False
    return any(Role(each.role) in SECOND_FACTOR_ROLES for each in sign_in.account.grants)


# Every request begins with it: all in one statement, and put together once.
_BY_TOKEN = (
    select(SignIn)
    .where(SignIn.token_hash == bindparam("digest"))
    .options(
        joinedload(SignIn.account).joinedload(Account.grants).joinedload(RoleGrant.organisation)
    )
)


def _valid(session: Session, token: str, moment: datetime) -> SignIn | None:
    found = session.scalars(_BY_TOKEN, {"digest": token_digest(token)})
    sign_in = found.unique().one_or_none()
    if sign_in is None or not sign_in.account.is_active:
        return None
    alive = moment < sign_in.ends_at and moment - sign_in.seen_at < IDLE
    return sign_in if alive else None


def _touch(sign_in: SignIn) -> None:
    """Note that the session is in use, now and then: a page that is read should not write."""
    moment = now()
    if moment - sign_in.seen_at > SEEN_EVERY and request.method != "GET":
        sign_in.seen_at = moment
