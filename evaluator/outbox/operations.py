"""Writing letters; other subjects call it within the unit of work of what the letters tell."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flask_babel import LazyString, force_locale
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.accounts.models import Account, RoleGrant
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.outbox.addresses import plain_address
from evaluator.outbox.models import Letter, LetterState
from evaluator.outbox.settings import mail_is_configured

LONGEST_TITLE = 200
_PLACE = re.compile(r"/(?:[0-9]+/)+")
# Control characters, separators of lines and halves of characters: no line of a mail holds them.
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def write_letter(
    session: Session,
    actor: Actor | None,
    *,
    to: Account | str,
    organisation_path: str,
    about: str,
    title: str | LazyString,
    text: str | LazyString,
    link: str = "",
    hold: bool = True,
    batch: str = "",
) -> Letter:
    """Write a letter to an account, or to a mail address outside, and return it.

    It is held for an organiser to read, unless `hold` is false: then it is let go with the commit.
    `about` reads `subject.event`, `link` is a path of the platform. A lazy title or text is said
    in the language of the account. Letters of one act share a `batch`, such as `notice-7`.
    """
    if not _PLACE.fullmatch(organisation_path):
        raise ValueError(f"{organisation_path!r} is no place of the tree")
    if link and (not link.startswith("/") or link.startswith(("//", "/\\"))):
        raise ValueError(f"{link} is no path of the platform")
    moment, account = now(), to if isinstance(to, Account) else None
    with force_locale(account.language if account else "zh"):
        said_title, said_text = one_line(str(title)), many_lines(str(text))
    letter = Letter(
        account=account,
        address="" if isinstance(to, Account) else plain_address(to),
        organisation_path=organisation_path,
        about=about,
        title=said_title,
        text=said_text,
        link=link,
        state=LetterState.HELD if hold else released_state(outside=account is None),
        writer=actor.name if actor else "",
        written_at=moment,
        released_at=None if hold else moment,
        batch=batch,
    )
    if letter.state is LetterState.SENT:
        letter.sent_at = moment
    session.add(letter)
    return letter


def write_to_role(
    session: Session,
    actor: Actor | None,
    *,
    role: Role,
    organisation_path: str,
    about: str,
    title: str | LazyString,
    text: str | LazyString,
    link: str = "",
    hold: bool = True,
    batch: str = "",
    besides: int | None = None,
) -> list[Letter]:
    """Write one letter to each account that holds a role at a place; one query finds them.

    `besides` is the number of an account that is told nothing, such as who acts. For letters to
    many places ask `accounts_holding` once, and call `write_letter` for each.
    """
    holding = accounts_holding(session, role, [organisation_path])[organisation_path]
    found = [each for each in holding if each.id != besides]
    return [
        write_letter(
            session,
            actor,
            to=account,
            organisation_path=organisation_path,
            about=about,
            title=title,
            text=text,
            link=link,
            hold=hold,
            batch=batch,
        )
        for account in found
    ]


def take_back(
    session: Session, actor: Actor, *, about: str, organisation_path: str, reason: LazyString
) -> int:
    """Withdraw held letters that are overtaken by what happened since; return how many.

    What was let go stays: somebody may have read it.
    """
    held = select(Letter).where(
        Letter.about == about,
        Letter.organisation_path == organisation_path,
        Letter.state == LetterState.HELD,
    )
    found = session.scalars(held).all()
    for letter in found:
        withdraw_held(session, actor, letter=letter, reason=reason)
    return len(found)


def withdraw_held(session: Session, actor: Actor, *, letter: Letter, reason: LazyString) -> None:
    """Withdraw a held letter that is overtaken by what its subject does next."""
    with force_locale("zh"):
        letter.error = str(reason)
    letter.state = LetterState.WITHDRAWN
    write_line(
        session,
        actor,
        action="letter.withdraw",
        subject="letter",
        subject_id=letter.id,
        organisation_path=letter.organisation_path,
        before={"state": LetterState.HELD},
        reason=letter.error,
    )


def accounts_holding(
    session: Session, role: Role, paths: Iterable[str]
) -> dict[str, list[Account]]:
    """Return, for each path, the accounts in use that hold a role there; one query for all paths.

    A role holds where it was given and everywhere below: the reviewers of a branch are those of
    its committee.
    """
    asked = {path: [int(number) for number in path.strip("/").split("/")] for path in paths}
    wanted = {number for numbers in asked.values() for number in numbers}
    query = (
        select(RoleGrant.organisation_id, Account)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(RoleGrant.role == role.value, Account.is_active)
        .order_by(Account.login_name)
    )
    if len(wanted) <= _MOST_NAMED:
        query = query.where(RoleGrant.organisation_id.in_(wanted))
    held: dict[int, list[Account]] = {}
    for number, account in session.execute(query):
        held.setdefault(number, []).append(account)
    return {
        path: list(dict.fromkeys(each for number in numbers for each in held.get(number, ())))
        for path, numbers in asked.items()
    }


_MOST_NAMED = 500
"""Beyond so many places the holders of a role everywhere are read instead of a list sent."""


def released_state(*, outside: bool) -> LetterState:
    """Return the state of a letter that is let go.

    Without a mail server a letter to an account has arrived when it can be read on the platform;
    one to an address outside waits until there is a server.
    """
    return LetterState.READY if outside or mail_is_configured() else LetterState.SENT


def one_line(words: str) -> str:
    """Return words in one line, as a subject of a mail has them."""
    return _BREAKS.sub(" ", words).strip()[:LONGEST_TITLE].rstrip()


def many_lines(words: str) -> str:
    """Return words as the text of a mail has them: lines, and nothing that cannot be printed."""
    return _UNPRINTABLE.sub("", words.replace("\r\n", "\n").replace("\r", "\n")).strip()
