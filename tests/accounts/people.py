"""People with passwords and second factors, and browsers that sign in as people do."""

from __future__ import annotations

from datetime import timedelta

import pyotp
from district import make_account
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from evaluator.access import Role
from evaluator.accounts.models import Account, SignIn
from evaluator.accounts.passwords import hash_password
from evaluator.accounts.sealing import seal
from evaluator.accounts.sessions import CONFIRMED_FOR
from evaluator.audit.models import AuditLine
from evaluator.database import now
from evaluator.organisations.models import Organisation

PASSWORD = "correct horse battery"  # noqa: S105 - of people who are made up
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105


def make_person(
    session: Session,
    organisation: Organisation,
    role: Role = Role.BRANCH_OFFICER,
    login_name: str = "li.na",
    *,
    second_factor: bool = False,
) -> Account:
    """Add an account with the password of these tests, and perhaps a second factor."""
    account = make_account(session, role, organisation, login_name)
    account.password_hash = hash_password(PASSWORD)
    account.totp_secret = seal(SECRET) if second_factor else None
    session.commit()
    return account


def sign_in(
    client: FlaskClient, login_name: str = "li.na", password: str = PASSWORD, onward: str = ""
) -> TestResponse:
    """Send the first step of a log-in."""
    data = {"login_name": login_name, "password": password}
    return client.post("/sign-in", query_string={"next": onward} if onward else {}, data=data)


def code(steps: int = 0) -> str:
    """Return the code that the app shows, so many time steps from now."""
    return pyotp.TOTP(SECRET).generate_otp(int(now().timestamp()) // 30 + steps)


def sign_ins(session: Session) -> list[SignIn]:
    """Return all sessions, in the order in which they began."""
    return list(session.scalars(select(SignIn).order_by(SignIn.id)))


def let_confirmation_pass(session: Session) -> None:
    """Let so much time go by that dangerous acts ask anew who it is."""
    for each in sign_ins(session):
        each.confirmed_at = now() - CONFIRMED_FOR - timedelta(seconds=1)
    session.commit()


def actions(session: Session, account: Account | None = None) -> list[str]:
    """Return the actions in the audit log, in their order."""
    query = select(AuditLine.action).order_by(AuditLine.number)
    if account is not None:
        query = query.where(AuditLine.subject_id == account.id)
    return list(session.scalars(query))
