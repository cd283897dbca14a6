"""The people of the demonstration: log-ins for each role, each with a password of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyotp
from sqlalchemy.orm import Session

from evaluator.access import SECOND_FACTOR_ROLES, Actor, Role
from evaluator.accounts.models import Account
from evaluator.accounts.operations import create_account
from evaluator.accounts.sealing import seal
from evaluator.accounts.second_factor import renew_recovery_codes
from evaluator.accounts.sessions import actor_of
from evaluator.accounts.signing_in import check_password
from evaluator.organisations.models import Organisation


@dataclass(frozen=True)
class Person:
    """A log-in to try: `secret` is the seed of the second factor, empty where none is needed."""

    role: Role
    name: str
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
SECOND_PERSON = ("organiser2", "组织部管理员（复核）")
"""Confirms what the first organiser proposes; nobody may do both."""
CHAIR = "panellist2"
COLLEAGUES = (
    (CHAIR, "林晓燕"),
    ("panellist3", "陈国强"),
    ("panellist4", "周敏"),
    ("panellist5", "吴建华"),
    ("panellist6", "郑文博"),
    ("panellist7", "沈立新"),
    ("panellist8", "顾明珠"),
    ("panellist9", "欧阳振华"),
    ("panellist10", "蒋海涛"),
    ("panellist11", "唐婉清"),
    ("panellist12", "迪丽努尔·艾合买提"),
    ("panellist13", "徐志远"),
    ("panellist14", "高秀兰"),
    ("panellist15", "罗启明"),
)


@dataclass(frozen=True)
class Cast:
    """Who acts in the demonstration: the same accounts that can be tried."""

    people: Sequence[Person]
    accounts: Mapping[str, Account]

    def actor(self, login_name: str) -> Actor:
        """Return an account as it acts."""
        return actor_of(self.accounts[login_name], "")

    @property
    def organiser(self) -> Actor:
        """Return who runs the rounds."""
        return self.actor(NAMES[Role.ORGANISER][0])

    @property
    def second(self) -> Actor:
        """Return who confirms what the organiser proposes."""
        return self.actor(SECOND_PERSON[0])

    @property
    def branch(self) -> Actor:
        """Return the officer of the own branch."""
        return self.actor(NAMES[Role.BRANCH_OFFICER][0])

    @property
    def panellists(self) -> Sequence[Account]:
        """Return the panellists: the one of the demonstration, the chair, then the others."""
        names = (NAMES[Role.PANELLIST][0], *(login_name for login_name, _ in COLLEAGUES))
        return [self.accounts[each] for each in names]


def add_people(session: Session, actor: Actor, places: Mapping[Role, Organisation]) -> Cast:
    """Make an account for each role at its place, and those whom two people or a panel need."""
    wanted = [(role, *NAMES[role]) for role in Role]
    wanted += [(Role.PANELLIST, *each) for each in COLLEAGUES]
    wanted.append((Role.ORGANISER, *SECOND_PERSON))
    made = [_add(session, actor, *each, places[each[0]]) for each in wanted]
    session.flush()
    return Cast([person for person, _ in made], {each.login_name: each for _, each in made})


def guess_a_password(session: Session) -> None:
    """Try a wrong password once, so that supervisors have something to look into.

    It commits before it checks, as every log-in does.
    """
    check_password(session, NAMES[Role.ORGANISER][0], "12345678")


def _add(
    session: Session, actor: Actor, role: Role, login_name: str, name: str, place: Organisation
) -> tuple[Person, Account]:
    account, password = create_account(
        session, actor, login_name=login_name, name=name, role=role, organisation=place
    )
    # Whoever tries the service should not have to change the password of everybody first.
    account.must_change_password = False
    secret = _second_factor(session, account, role)
    return Person(role, name, place.name, login_name, password, secret), account


def _second_factor(session: Session, account: Account, role: Role) -> str:
    if role not in SECOND_FACTOR_ROLES:
        return ""
    secret = pyotp.random_base32()
    account.totp_secret = seal(secret)
    session.flush()
    renew_recovery_codes(session, account)
    return secret
