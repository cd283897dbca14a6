"""What an administrator does with accounts: make, name, grant, revoke, close, reset."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import gettext
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission, Role
from evaluator.accounts.models import Account, ApiToken, RecoveryCode, RoleGrant
from evaluator.accounts.passwords import (
    check_strength,
    hash_one_time,
    hash_password,
    one_time_password,
)
from evaluator.accounts.places import home_of
from evaluator.accounts.policy import locks_out, require_whole
from evaluator.accounts.sessions import end_sign_ins, start_anew
from evaluator.accounts.signing_in import plain_login_name
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.organisations.models import Organisation
from evaluator.web.errors import Refusal

MANAGE = Permission.MANAGE_ACCOUNTS
LOGIN_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")


class UnusableLoginName(Exception):
    """A log-in name that cannot be given; its words say why."""


class Renamed(Refusal):
    """A name that somebody else has changed since the writer read it."""


def create_account(
    session: Session,
    actor: Actor,
    *,
    login_name: str,
    name: str,
    role: Role,
    organisation: Organisation,
    password: str = "",
) -> tuple[Account, str]:
    """Make an account with one role at one place; return it with its password.

    Where none is given it is a one-time password. Raises UnusableLoginName, WeakPassword.
    """
    actor.require(MANAGE, organisation.path)
    plain = _free_login_name(session, login_name)
    if password:
        check_strength(password, plain)
    kept = password or one_time_password()
    account = Account(
        login_name=plain,
        name=name.strip(),
        password_hash=hash_password(kept) if password else hash_one_time(kept),
        must_change_password=not password,
        created_at=now(),
    )
    _add(session, account)
    after = {"login_name": plain, "name": account.name}
    _line(session, actor, account, "create", organisation.path, after=after)
    _add_grant(session, actor, account, role, organisation)
    return account, kept


def rename_account(
    session: Session, actor: Actor, *, account: Account, name: str, seen: str
) -> None:
    """Change the name of an account; raises Renamed where it is not `seen`, as the writer read it.

    The version of the account does not tell: each log-in by a second factor makes a new one.
    """
    hold(session, account)
    require_whole(actor, account)
    if account.name not in (seen, name.strip()):
        raise Renamed(gettext("Somebody else changed this name in the meantime."))
    before, account.name = account.name, name.strip()
    if before != account.name:
        changed = {"before": {"name": before}, "after": {"name": account.name}}
        _line(session, actor, account, "rename", home_of(account), **changed)


def grant_role(
    session: Session, actor: Actor, *, account: Account, role: Role, organisation: Organisation
) -> None:
    """Give an account a role at a place; its new rights meet a new session."""
    actor.require(MANAGE, organisation.path)
    hold(session, account)
    if any(
        each.role == role.value and each.organisation is organisation for each in account.grants
    ):
        raise Refusal(gettext("This person has this role there already."))
    _add_grant(session, actor, account, role, organisation)
    start_anew(session, account)


def revoke_role(session: Session, actor: Actor, *, grant: RoleGrant) -> None:
    """Take a role at a place from an account; it holds for the next click already."""
    actor.require(MANAGE, grant.organisation.path)
    account = grant.account
    hold(session, account)
    if grant not in account.grants:
        return
    if locks_out(actor, grant):
        raise Refusal(gettext("You cannot take your own role of administrator from yourself."))
    if len(account.grants) == 1:
        raise Refusal(gettext("An account keeps at least one role. Close the account instead."))
    path = grant.organisation.path
    _line(session, actor, account, "revoke_role", path, before=_said(grant))
    account.grants.remove(grant)


def set_active(session: Session, actor: Actor, *, account: Account, active: bool) -> None:
    """Close an account, or open it again; a closed one is signed out everywhere."""
    require_whole(actor, account)
    if account.id == actor.account_id:
        raise Refusal(gettext("You cannot close your own account."))
    if account.is_active == active:
        return
    account.is_active = active
    action = "open" if active else "close"
    _line(session, actor, account, action, home_of(account))
    if not active:
        end_everything(session, account)


def reset_password(session: Session, actor: Actor, *, account: Account) -> str:
    """Return a new one-time password of an account; whatever was signed in by the old one ends."""
    require_whole(actor, account)
    password = one_time_password()
    account.password_hash = hash_one_time(password)
    account.must_change_password = True
    end_everything(session, account)
    _line(session, actor, account, "reset_password", home_of(account))
    return password


def remove_second_factor(session: Session, actor: Actor, *, account: Account) -> None:
    """Take the second factor from an account whose phone is lost; a new one can then be set up."""
    require_whole(actor, account)
    if account.id == actor.account_id:
        raise Refusal(gettext("Set up a new second factor on the page of your own account."))
    account.totp_secret = None
    for code in session.scalars(select(RecoveryCode).where(RecoveryCode.account_id == account.id)):
        session.delete(code)
    end_everything(session, account)
    _line(session, actor, account, "remove_second_factor", home_of(account))


def hold(session: Session, account: Account) -> None:
    """Read an account with its roles anew and hold it: of two writers at once one waits here."""
    query = select(Account.id).where(Account.id == account.id)
    session.execute(query.with_for_update(key_share=True))
    session.refresh(account)


def end_everything(session: Session, account: Account) -> None:
    """End all sessions and tokens of an account."""
    end_sign_ins(session, account.id)
    session.execute(
        update(ApiToken)
        .where(ApiToken.account_id == account.id, ApiToken.revoked_at.is_(None))
        .values(revoked_at=now())
    )


def _add_grant(
    session: Session, actor: Actor, account: Account, role: Role, organisation: Organisation
) -> None:
    grant = RoleGrant(role=role.value, organisation=organisation)
    account.grants.append(grant)
    session.flush()
    _line(session, actor, account, "grant_role", organisation.path, after=_said(grant))


def _add(session: Session, account: Account) -> None:
    """Add an account; the log-in name may have been taken in this very moment."""
    try:
        with session.begin_nested():
            session.add(account)
    except IntegrityError:
        raise UnusableLoginName(_taken()) from None


def _taken() -> str:
    words: str = gettext("This log-in name is taken. Choose another one.")
    return words


def _free_login_name(session: Session, login_name: str) -> str:
    plain = plain_login_name(login_name)
    if not LOGIN_NAME.fullmatch(plain):
        words = gettext(
            "Use 2 to 64 letters a-z, digits and . _ @ -; begin with a letter or digit."
        )
        raise UnusableLoginName(words)
    if session.scalar(select(Account.id).where(Account.login_name == plain)) is not None:
        raise UnusableLoginName(_taken())
    return plain


def _said(grant: RoleGrant) -> dict[str, str]:
    return {"role": grant.role, "organisation": grant.organisation.name}


def _line(
    session: Session, actor: Actor, account: Account, verb: str, path: str, **changed: Any
) -> None:
    write_line(
        session,
        actor,
        action=f"account.{verb}",
        subject="account",
        subject_id=account.id,
        organisation_path=path,
        **changed,
    )
