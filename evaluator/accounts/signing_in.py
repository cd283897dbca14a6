"""Signing in: the password or the provider first, then the code of the second factor."""

from __future__ import annotations

import unicodedata

from flask import request
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from evaluator.accounts import half_way, sessions
from evaluator.accounts.models import Account, RoleGrant, SignIn, SignInAttempt
from evaluator.accounts.passwords import hash_password, is_outdated, password_matches
from evaluator.accounts.places import home_of
from evaluator.accounts.second_factor import use_code
from evaluator.accounts.throttling import begin_attempt
from evaluator.audit.operations import write_line
from evaluator.database import now


def plain_login_name(login_name: str) -> str:
    """Return the one spelling of a log-in name."""
    return unicodedata.normalize("NFKC", login_name).strip().casefold()


def find_by_login_name(session: Session, login_name: str) -> Account | None:
    """Return an account by the name that a person types."""
    query = (
        select(Account)
        .where(Account.login_name == plain_login_name(login_name))
        .options(selectinload(Account.grants).joinedload(RoleGrant.organisation))
    )
    return session.scalars(query).one_or_none()


def check_password(session: Session, login_name: str, password: str) -> Account | None:
    """Return the account of a log-in name and password, None where they are not right.

    Whether the account is unknown, inactive or has another password shows neither in words nor
    in time. The try is kept before the password is checked, and the slow check runs between two
    transactions: SQLite's one writer is not held by it.
    """
    account = find_by_login_name(session, login_name)
    attempt = begin_attempt(session, plain_login_name(login_name), _address())
    session.commit()
    right = password_matches(account.password_hash if account else None, password)
    if account is None or not right or not account.is_active:
        _write_failure(session, account, "password")
        return None
    if account.password_hash and is_outdated(account.password_hash):
        account.password_hash = hash_password(password)
    _pass(session, attempt, account)
    return account


def check_code(session: Session, account: Account, code: str, way: str) -> str | None:
    """Finish a log-in by the code of the second factor; return what was used, if it was right."""
    attempt = begin_attempt(session, account.login_name, _address())
    used = use_code(session, account, code)
    if used is None:
        _write_failure(session, account, "second_factor")
        return None
    attempt.succeeded = True
    enter(session, account, way=way, second_factor=used)
    return used


def confirm(session: Session, sign_in: SignIn, proof: str) -> bool:
    """Take a password or code as proof that the person is still the one who came.

    A right one renews the session, and dangerous acts are open for some minutes.
    """
    account = sign_in.account
    if not confirm_password(session, sign_in, proof, instead=account.totp_secret is not None):
        return False
    sign_in.confirmed_at = now()
    sessions.renew_sign_in(sign_in)
    return True


def confirm_password(
    session: Session, sign_in: SignIn, password: str, *, instead: bool = False
) -> bool:
    """Return whether a person still knows the password, or `instead` has a code for now."""
    account = sign_in.account
    attempt = begin_attempt(session, account.login_name, _address())
    session.commit()
    right = password_matches(account.password_hash, password)
    if not right and not (instead and use_code(session, account, password)):
        _write_failure(session, account, "confirmation")
        return False
    attempt.succeeded = True
    return True


def go_half_way(session: Session, account: Account, way: str) -> bool:
    """Return whether an account must give a code now; if so, it is remembered as half-way."""
    if account.totp_secret is None:
        return False
    sessions.end_sign_in(session)
    half_way.remember(account, way)
    return True


def enter(session: Session, account: Account, *, way: str, second_factor: str = "") -> SignIn:
    """Sign an account in, and write it down."""
    sign_in = sessions.start_sign_in(session, account, second_factor=bool(second_factor))
    write_line(
        session,
        sessions.actor_of(account, _address()),
        action="account.sign_in",
        subject="account",
        subject_id=account.id,
        organisation_path=home_of(account),
        after={"way": way, "second_factor": second_factor or "none"},
    )
    return sign_in


def _pass(session: Session, attempt: SignInAttempt, account: Account) -> None:
    """Take a try back that ended well; with a second factor only its code forgives failures."""
    if account.totp_secret is None:
        attempt.succeeded = True
    else:
        session.delete(attempt)


def _write_failure(session: Session, account: Account | None, what: str) -> None:
    if account is None:
        return
    write_line(
        session,
        sessions.actor_of(account, _address()),
        action="account.sign_in_failed",
        subject="account",
        subject_id=account.id,
        organisation_path=home_of(account),
        after={"failed": what},
    )


def _address() -> str:
    return request.remote_addr or ""
