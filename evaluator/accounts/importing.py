"""Many new accounts from a workbook: all of them, or none while one row is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission, Role
from evaluator.accounts.account_rows import AccountRow, read_rows, role_meant
from evaluator.accounts.models import Account
from evaluator.accounts.operations import LOGIN_NAME, UnusableLoginName, create_account
from evaluator.accounts.signing_in import plain_login_name
from evaluator.accounts.words import ROLES
from evaluator.organisations.models import Organisation, Status
from evaluator.organisations.queries import visible_organisations
from evaluator.web.errors import Refusal
from evaluator.web.languages import language

MANAGE = Permission.MANAGE_ACCOUNTS
_LONGEST = 200


@dataclass(frozen=True)
class Preview:
    """What a workbook would do: its rows, those with problems among them, and their places."""

    rows: list[AccountRow]
    places: Mapping[str, Organisation]

    @property
    def wrong(self) -> list[AccountRow]:
        """Return the rows that cannot be taken."""
        return [row for row in self.rows if row.problems]


def preview_of(session: Session, actor: Actor, path: Path) -> Preview:
    """Return what a workbook would do, within the places where the actor manages accounts."""
    actor.require(MANAGE)
    rows = read_rows(path)
    places = _places(session, actor, {row.organisation for row in rows})
    taken = _taken(session, {plain_login_name(row.login_name) for row in rows})
    seen: dict[str, int] = {}
    for row in rows:
        row.problems += _problems(row, places, taken, seen)
        seen.setdefault(plain_login_name(row.login_name), row.number)
    return Preview(rows, places)


def apply_import(session: Session, actor: Actor, path: Path) -> list[tuple[Account, str]]:
    """Make all accounts of a workbook; return each with its one-time password."""
    preview = preview_of(session, actor, path)
    if preview.wrong or not preview.rows:
        raise Refusal(_changed())
    made = []
    for row in preview.rows:
        role = role_meant(row.role)
        assert role is not None  # noqa: S101 - a row without a role has a problem
        place = preview.places[row.organisation]
        made.append(_make(session, actor, row, role, place))
    return made


def _make(
    session: Session, actor: Actor, row: AccountRow, role: Role, place: Organisation
) -> tuple[Account, str]:
    try:
        return create_account(
            session,
            actor,
            login_name=row.login_name,
            name=row.name,
            role=role,
            organisation=place,
        )
    except UnusableLoginName:
        raise Refusal(_changed()) from None


def _changed() -> str:
    words: str = gettext("This workbook cannot be taken as it is. Look at it once more.")
    return words


def _problems(
    row: AccountRow, places: Mapping[str, Organisation], taken: set[str], seen: Mapping[str, int]
) -> list[str]:
    name = plain_login_name(row.login_name)
    found = []
    if not LOGIN_NAME.fullmatch(name):
        found.append(
            gettext("Use 2 to 64 letters a-z, digits and . _ @ -; begin with a letter or digit.")
        )
    elif name in taken:
        found.append(gettext("This log-in name is taken. Choose another one."))
    elif name in seen:
        found.append(gettext("Row %(number)s has the same log-in name.", number=seen[name]))
    if not row.name:
        found.append(gettext("The full name is missing."))
    elif len(row.name) > _LONGEST:
        found.append(gettext("This is too long."))
    if role_meant(row.role) is None:
        found.append(_no_role(row.role))
    if row.organisation not in places:
        found.append(gettext("No organisation of this code or name is in your care."))
    return found


def _no_role(typed: str) -> str:
    among = ("、" if language() == "zh" else ", ").join(map(str, ROLES.values()))
    words: str = (
        gettext(
            "There is no such role: %(role)s. Write one of: %(roles)s.", role=typed, roles=among
        )
        if typed
        else gettext("The role is missing; write one of: %(roles)s.", roles=among)
    )
    return words


def _places(session: Session, actor: Actor, codes: set[str]) -> Mapping[str, Organisation]:
    query = visible_organisations(actor, MANAGE).where(
        Organisation.code.in_(codes), Organisation.status == Status.ACTIVE
    )
    return {each.code: each for each in session.scalars(query)}


def _taken(session: Session, names: set[str]) -> set[str]:
    query = select(Account.login_name).where(Account.login_name.in_(names))
    return set(session.scalars(query))
