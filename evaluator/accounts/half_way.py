"""A log-in half-way: the password was right, the code of the second factor is still to come.

It is kept in the signed cookie for a few minutes and gives no right to anything.
"""

from __future__ import annotations

from datetime import timedelta

from flask import session as browser_session
from sqlalchemy.orm import Session

from evaluator.accounts.models import Account
from evaluator.database import now

LASTS = timedelta(minutes=5)
_KEY = "half_way"


def remember(account: Account, way: str) -> None:
    """Note in this browser who has come half-way, and how; whatever it held before is dropped."""
    browser_session.clear()
    ends = int((now() + LASTS).timestamp())
    browser_session[_KEY] = {"account": account.id, "way": way, "ends": ends}


def who(session: Session) -> tuple[Account, str] | None:
    """Return the account that is half-way in this browser, and the way it came."""
    kept = browser_session.get(_KEY)
    if not kept or kept["ends"] < now().timestamp():
        return None
    account = session.get(Account, kept["account"])
    if account is None or not account.is_active or account.totp_secret is None:
        return None
    return account, kept["way"]
