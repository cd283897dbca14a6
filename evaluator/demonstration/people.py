"""The people of the demonstration: one log-in per role, each with a password of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyotp
from sqlalchemy.orm import Session

from evaluator.access import SECOND_FACTOR_ROLES, Actor, Role
from evaluator.accounts.models import Account
from evaluator.accounts.operations import create_account
from evaluator.accounts.sealing import seal
from evaluator.accounts.second_factor import renew_recovery_codes
from evaluator.accounts.signing_in import check_password
from evaluator.organisations.models import Organisation


@dataclass(frozen=True)
class Person:
    """A log-in to try: `secret` is the seed of the second factor, empty where none is needed."""

    role: Role
    place: str
    login_name: str
    password: str
    secret: str

    def code(self) -> str:
        """Return the code of the second factor that is good now."""
        return pyotp.TOTP(self.secret).now() if self.secret else ""


NAMES = {
    Role.BRANCH_OFFICER: ("branch", "支部申报员"),
    Role.COMMITTEE_REVIEWER: ("reviewer", "党（工）委审核员"),
    Role.PANELLIST: ("panellist", "评委"),
    Role.ORGANISER: ("organiser", "组织部管理员"),
    Role.SUPERVISOR: ("supervisor", "监督员"),
    Role.ADMINISTRATOR: ("administrator", "系统管理员"),
}


def add_people(session: Session, actor: Actor, places: Mapping[Role, Organisation]) -> list[Person]:
    """Make an account for each role at its place."""
    return [_add(session, actor, role, places[role]) for role in Role]


def guess_a_password(session: Session) -> None:
    """Try a wrong password once, so that supervisors have something to look into.

    It commits before it checks, as every log-in does.
    """
    check_password(session, NAMES[Role.ORGANISER][0], "12345678")


def _add(session: Session, actor: Actor, role: Role, place: Organisation) -> Person:
    login_name, name = NAMES[role]
    account, password = create_account(
        session, actor, login_name=login_name, name=name, role=role, organisation=place
    )
    # Whoever tries the service should not have to change the password of everybody first.
    account.must_change_password = False
    secret = _second_factor(session, account, role)
    return Person(role, place.name, login_name, password, secret)


def _second_factor(session: Session, account: Account, role: Role) -> str:
    if role not in SECOND_FACTOR_ROLES:
        return ""
    secret = pyotp.random_base32()
    account.totp_secret = seal(secret)
    session.flush()
    renew_recovery_codes(session, account)
    return secret
