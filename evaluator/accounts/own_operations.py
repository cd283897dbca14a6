"""What a person does with the own account: password, second factor, language, tokens."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from flask_babel import gettext
from sqlalchemy.orm import Session

from evaluator.access import PERMISSIONS, Actor, Permission, Role
from evaluator.accounts.models import Account, ApiToken, SignIn
from evaluator.accounts.passwords import WeakPassword, check_strength, hash_password
from evaluator.accounts.places import home_of
from evaluator.accounts.sealing import seal
from evaluator.accounts.second_factor import renew_recovery_codes
from evaluator.accounts.sessions import end_sign_ins, renew_sign_in, token_digest
from evaluator.audit.operations import write_line
from evaluator.database import now


def change_password(session: Session, actor: Actor, *, sign_in: SignIn, old: str, new: str) -> None:
    """Set a new password; every other session of the account ends. Raises WeakPassword."""
    account = sign_in.account
    check_strength(new, account.login_name)
    if new == old:
        raise WeakPassword(gettext("The new password must differ from the old one."))
    account.password_hash = hash_password(new)
    account.must_change_password = False
    end_sign_ins(session, account.id, but=sign_in)
    renew_sign_in(sign_in)
    _line(session, actor, account, "change_password")


def set_up_second_factor(
    session: Session, actor: Actor, *, sign_in: SignIn, secret: str, step: int
) -> list[str]:
    """Take a new second factor into use; return its recovery codes.

    Other sessions end: one that came without a second factor could set up its own instead.
    """
    account = sign_in.account
    account.totp_secret = seal(secret)
    account.totp_last_step = step
    end_sign_ins(session, account.id, but=sign_in)
    sign_in.second_factor_at = now()
    renew_sign_in(sign_in)
    _line(session, actor, account, "set_up_second_factor")
    return renew_recovery_codes(session, account)


def replace_recovery_codes(session: Session, actor: Actor, *, account: Account) -> list[str]:
    """Return new recovery codes of an account; the old ones end."""
    _line(session, actor, account, "renew_recovery_codes")
    return renew_recovery_codes(session, account)


def choose_language(*, account: Account, language: str) -> None:
    """Set the language in which an account reads; nothing that an audit asks for."""
    account.language = language


def grantable_scopes(account: Account) -> list[Permission]:
    """Return the permissions that a token of an account can be given: those of its roles."""
    held = frozenset[Permission]().union(*(PERMISSIONS[Role(each.role)] for each in account.grants))
    return [each for each in Permission if each in held]


def issue_token(
    session: Session,
    actor: Actor,
    *,
    account: Account,
    name: str,
    scopes: Collection[Permission],
    lasts: timedelta,
) -> str:
    """Return a new token by which a program acts for an account; it can be shown now only."""
    for scope in scopes:
        actor.require(scope)
    token = f"star_{secrets.token_urlsafe(32)}"
    moment = now()
    kept = ApiToken(
        account_id=account.id,
        name=name.strip(),
        token_hash=token_digest(token),
        scopes=sorted(scope.value for scope in scopes),
        created_at=moment,
        ends_at=moment + lasts,
    )
    session.add(kept)
    after = {"name": kept.name, "scopes": kept.scopes, "ends_at": kept.ends_at}
    _line(session, actor, account, "issue_token", after=after)
    return token


def revoke_token(session: Session, actor: Actor, *, token: ApiToken) -> None:
    """End a token."""
    token.revoked_at = now()
    _line(session, actor, token.account, "revoke_token", before={"name": token.name})


def _line(session: Session, actor: Actor, account: Account, verb: str, **changed: Any) -> None:
    write_line(
        session,
        actor,
        action=f"account.{verb}",
        subject="account",
        subject_id=account.id,
        organisation_path=home_of(account),
        **changed,
    )
