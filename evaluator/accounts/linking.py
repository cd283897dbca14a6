"""Which account a person has whom the identity provider sends; it never makes one, nor a role."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import current_app, request
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from evaluator.accounts.models import Account, RoleGrant
from evaluator.accounts.places import home_of
from evaluator.accounts.sessions import actor_of
from evaluator.accounts.signing_in import find_by_login_name
from evaluator.audit.operations import write_line


def account_of_claims(session: Session, issuer: str, claims: Mapping[str, Any]) -> Account | None:
    """Return the active account of a person, None where there is none."""
    subject = str(claims["sub"])
    query = (
        select(Account)
        .where(Account.oidc_issuer == issuer, Account.oidc_subject == subject)
        .options(selectinload(Account.grants).joinedload(RoleGrant.organisation))
    )
    found = session.scalars(query).one_or_none() or _link(session, issuer, subject, claims)
    return found if found is not None and found.is_active else None


def _link(session: Session, issuer: str, subject: str, claims: Mapping[str, Any]) -> Account | None:
    """Link the account of a claimed log-in name; one that is linked already stays as it is."""
    account = find_by_login_name(session, _claimed_name(claims))
    if account is None or not account.is_active or account.oidc_subject is not None:
        return None
    account.oidc_issuer, account.oidc_subject = issuer, subject
    write_line(
        session,
        actor_of(account, request.remote_addr or ""),
        action="account.link",
        subject="account",
        subject_id=account.id,
        organisation_path=home_of(account),
        after={"issuer": issuer},
    )
    return account


def _claimed_name(claims: Mapping[str, Any]) -> str:
    """Return the log-in name that the provider vouches for; an address only where verified."""
    claim = current_app.config.get("OIDC_LOGIN_NAME_CLAIM", "")
    if claim == "email" and claims.get("email_verified") is not True:
        return ""
    return str(claims.get(claim, "")) if claim else ""
