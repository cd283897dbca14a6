"""Tokens for tests of the interface."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from evaluator.access import Permission
from evaluator.accounts.models import Account, ApiToken
from evaluator.accounts.sessions import token_digest
from evaluator.database import now


def make_token(
    session: Session, account: Account, *scopes: Permission, **more: Any
) -> dict[str, str]:
    """Add a token of an account, by default for everything, and return the headers that send it."""
    token = f"secret of {account.id}"
    moment = now()
    given = {"created_at": moment, "ends_at": moment + timedelta(days=30), **more}
    session.add(
        ApiToken(
            account_id=account.id,
            name="test",
            token_hash=token_digest(token),
            scopes=[each.value for each in scopes or tuple(Permission)],
            **given,
        )
    )
    session.commit()
    return {"Authorization": f"Bearer {token}"}
