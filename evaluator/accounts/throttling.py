"""Guessing is slowed down: so many failures per account and per address, then a pause."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from flask_babel import gettext
from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from evaluator.accounts.models import SignInAttempt
from evaluator.database import now
from evaluator.web.errors import Refusal

WINDOW = timedelta(minutes=15)
KEPT_FOR = timedelta(days=1)
PER_ACCOUNT = 10
PER_ADDRESS = 50
_LONGEST_NAME = 150


def begin_attempt(session: Session, login_name: str, address: str) -> SignInAttempt:
    """Note a try as failed before it is checked, so that tries at the same time all count.

    Raises Refusal where there were too many. Names that no account has are counted like others,
    or else the pause would tell which accounts there are.
    """
    name, network = login_name[:_LONGEST_NAME], network_of(address)
    by_name = _failures(session, SignInAttempt.login_name == name, since_success=True)
    by_address = _failures(session, SignInAttempt.address == network, since_success=False)
    if by_name >= PER_ACCOUNT or by_address >= PER_ADDRESS:
        minutes = int(WINDOW.total_seconds() // 60)
        words = gettext("Too many tries failed. Wait %(minutes)s minutes.", minutes=minutes)
        raise Refusal(words, 429)
    moment = now()
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < moment - KEPT_FOR))
    attempt = SignInAttempt(at=moment, address=network, login_name=name, succeeded=False)
    session.add(attempt)
    session.flush()
    return attempt


def network_of(address: str) -> str:
    """Return whom an address stands for: of IPv6 one subscriber has 2^64 of them."""
    try:
        known = ip_address(address)
    except ValueError:
        return address[:_LONGEST_NAME]
    if isinstance(known, IPv6Address) and known.ipv4_mapped is None:
        return str(ip_network((known, 64), strict=False))
    return address


def _failures(session: Session, whose: ColumnElement[bool], *, since_success: bool) -> int:
    """Count failures in the window; a success of an account forgives those before it.

    A success never forgives an address: who has one account could try the others for ever.
    """
    beginning = now() - WINDOW
    if since_success:
        succeeded = select(func.max(SignInAttempt.at)).where(whose, SignInAttempt.succeeded)
        beginning = max(beginning, session.scalar(succeeded) or beginning)
    failed = select(func.count()).where(
        whose, SignInAttempt.at > beginning, SignInAttempt.succeeded.is_(False)
    )
    return session.scalar(failed) or 0
