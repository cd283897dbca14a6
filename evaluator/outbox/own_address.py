"""The mail address of an account: named by its owner, used once a code sent there is typed in."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask_babel import gettext
from sqlalchemy import update
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.accounts.models import Account
from evaluator.accounts.places import home_of
from evaluator.accounts.sealing import seal
from evaluator.accounts.sessions import token_digest
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.outbox.addresses import plain_address
from evaluator.outbox.models import Letter, LetterState, MailAddress
from evaluator.outbox.operations import write_letter
from evaluator.outbox.queries import CONFIRMATION, count_of, mail_address_of
from evaluator.outbox.settings import mail_is_configured
from evaluator.web.errors import Refusal

LASTS = timedelta(hours=1)
MOST_TRIES = 5
NOWHERE = "/0/"
"""The place of an account without roles, or with roles that share none."""
MOST_CODES_A_DAY = 5
"""So that nobody fills the mailbox of somebody else through us."""


class WrongCode(Exception):
    """A code that is not the one that was sent, or not any more."""


def send_code(session: Session, actor: Actor, *, account: Account, address: str) -> None:
    """Send a code to an address that an account wants to use. Raises NoAddress."""
    wanted = plain_address(address)
    if not mail_is_configured():
        raise Refusal(gettext("This platform sends no mail; read your letters here."))
    _limit(session, account)
    code = f"{secrets.randbelow(10**8):08}"
    kept = mail_address_of(session, account.id) or MailAddress(account_id=account.id)
    kept.wanted, kept.code_hash = wanted, _digest(account, code)
    kept.code_ends_at, kept.code_tries = now() + LASTS, 0
    session.add(kept)
    words = gettext(
        "Type this code on the page of your account: %(code)s. It works for one hour. If you did "
        "not ask for it, do nothing.",
        code=code,
    )
    # Sealed, as whoever reads the database could otherwise confirm an address of somebody else.
    write_letter(
        session,
        actor,
        to=wanted,
        organisation_path=home_of(account) or NOWHERE,
        about=CONFIRMATION,
        title=gettext("Confirm your mail address"),
        text=seal(words),
        hold=False,
        batch=_batch(account),
    )


def confirm_code(session: Session, actor: Actor, *, account: Account, code: str) -> None:
    """Take the address into use that a code was sent to. Raises WrongCode."""
    kept = mail_address_of(session, account.id)
    if kept is None or not kept.wanted or not kept.code_hash:
        raise WrongCode
    kept.code_tries += 1
    late = kept.code_ends_at is None or kept.code_ends_at < now()
    typed = "".join(each for each in code if not each.isspace())
    right = secrets.compare_digest(kept.code_hash, _digest(account, typed))
    if late or kept.code_tries > MOST_TRIES or not right:
        raise WrongCode
    kept.address, kept.confirmed_at = kept.wanted, now()
    kept.wanted, kept.code_hash, kept.code_ends_at = "", "", None
    _line(session, actor, account, "confirm_mail_address")


def remove_address(session: Session, actor: Actor, *, account: Account) -> None:
    """Send no more mail to an account; its letters stay on the platform."""
    kept = mail_address_of(session, account.id)
    if kept is not None:
        session.delete(kept)
        _line(session, actor, account, "remove_mail_address")


def _limit(session: Session, account: Account) -> None:
    """Refuse a code too many; one that was not sent yet is not sent any more."""
    lately = (Letter.batch == _batch(account)) & (Letter.written_at > now() - timedelta(days=1))
    if count_of(session, lately & (Letter.about == CONFIRMATION)) >= MOST_CODES_A_DAY:
        words = gettext("At most %(count)s codes are sent a day.", count=MOST_CODES_A_DAY)
        raise Refusal(words, 429)
    waiting = (Letter.state == LetterState.READY) & Letter.sending_since.is_(None)
    former = update(Letter).where(lately & waiting & (Letter.about == CONFIRMATION))
    over = former.values(state=LetterState.WITHDRAWN, text="", version=Letter.version + 1)
    session.execute(over.execution_options(synchronize_session=False))


def _batch(account: Account) -> str:
    return f"mail-address-{account.id}"


def _digest(account: Account, code: str) -> str:
    return token_digest(f"{account.id}:{code}")


def _line(session: Session, actor: Actor, account: Account, verb: str) -> None:
    write_line(
        session,
        actor,
        action=f"account.{verb}",
        subject="account",
        subject_id=account.id,
        organisation_path=home_of(account),
    )
