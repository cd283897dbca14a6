"""The letter that is sent next, taken so that no other process takes it, and what became of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, update
from sqlalchemy.orm import Session

from evaluator.accounts.models import Account
from evaluator.accounts.sealing import unseal
from evaluator.database import now, only_read, take_turn, unit_of_work
from evaluator.outbox.mailing import Mail
from evaluator.outbox.models import Letter, LetterState, MailAddress
from evaluator.outbox.queries import CONFIRMATION, confirmed_address

LEASE = timedelta(minutes=10)
"""How long a letter stays with who took it; a process that was killed gives it back so."""
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""What lies between the tries; after the last of them the letter has failed."""


_READS_MAIL = or_(
    Letter.account_id.is_(None),
    select(MailAddress.id)
    .join(Account, Account.id == MailAddress.account_id)
    .where(
        MailAddress.account_id == Letter.account_id,
        MailAddress.confirmed_at.is_not(None),
        Account.is_active,
    )
    .exists(),
)


@dataclass(frozen=True)
class Claim:
    """A letter that this process sends now."""

    letter_id: int
    since: datetime
    tries: int
    mail: Mail
    secret: bool
    """Whether a code stands in it, which is forgotten when it is not needed any more."""


def anything_due(session: Session) -> bool:
    """Return whether a letter waits, reading alone: nobody who writes is kept waiting by it."""
    only_read(session)
    found = session.scalar(select(select(Letter.id).where(*_due(now())).exists()))
    session.rollback()
    return bool(found)


def settle_without_mail(session: Session) -> None:
    """Letters to accounts that read no mail have arrived when they stand on the platform."""
    moment = now()
    arrived = {"state": LetterState.SENT, "sent_at": moment, "sending_since": None}
    with unit_of_work(session):
        take_turn(session)
        session.execute(_changed(update(Letter).where(*_due(moment), ~_READS_MAIL), arrived))


def claim(session: Session, domain: str) -> Claim | None:
    """Take the letter that has waited longest; None where none is left.

    It is committed before anything is sent: whoever looks sees that it is on its way. The lock
    is held for that moment alone, and others pass over it.
    """
    with unit_of_work(session):
        take_turn(session)
        letter = session.scalars(_next(now())).one_or_none()
        if letter is None:
            return None
        return _taken(session, letter, domain)


def note(session: Session, taken: Claim, **found: Any) -> None:
    """Write what became of a try, unless the letter has passed to somebody else meanwhile."""
    ours = (Letter.id == taken.letter_id, Letter.sending_since == taken.since)
    over = {"text": ""} if taken.secret and "state" in found else {}
    with unit_of_work(session):
        take_turn(session)
        values = {"sending_since": None, **found, **over}
        session.execute(_changed(update(Letter).where(*ours), values))


def arrived(session: Session, taken: Claim) -> None:
    """Note that the server has taken a letter."""
    note(session, taken, state=LetterState.SENT, sent_at=now(), error="")


def failed(session: Session, taken: Claim, words: str) -> None:
    """Note that a letter will not be taken."""
    note(session, taken, state=LetterState.FAILED, error=words)


def postponed(session: Session, taken: Claim, words: str, *, cut_off: bool) -> bool:
    """Let a letter wait before it is tried again; return false where that was the last try."""
    found: dict[str, Any] = {"error": words, **({"cut_off": True} if cut_off else {})}
    waits = taken.tries <= len(PAUSES)
    if waits:
        found["next_try_at"] = now() + PAUSES[taken.tries - 1]
    else:
        found["state"] = LetterState.FAILED
    note(session, taken, **found)
    return waits


def given_back(session: Session, taken: Claim, words: str) -> None:
    """Give a letter back untried, as the server takes none at all."""
    note(session, taken, tries=taken.tries - 1, next_try_at=None, error=words)


def tell_waiting(session: Session, words: str) -> None:
    """Write at the letters that wait why none is sent."""
    waiting = (*_due(now()), Letter.error != words)
    with unit_of_work(session):
        take_turn(session)
        session.execute(_changed(update(Letter).where(*waiting), {"error": words}))


def _due(moment: datetime) -> tuple[ColumnElement[bool], ...]:
    on_time = or_(Letter.next_try_at.is_(None), Letter.next_try_at <= moment)
    return Letter.state == LetterState.READY, on_time


def _next(moment: datetime) -> Select[Letter]:
    query = select(Letter).where(*_due(moment), _READS_MAIL).order_by(Letter.id).limit(1)
    return query.with_for_update(of=Letter, skip_locked=True).execution_options(
        populate_existing=True
    )


def _taken(session: Session, letter: Letter, domain: str) -> Claim:
    moment = now()
    if letter.account_id is not None:
        letter.address = confirmed_address(session, letter.account_id) or letter.address
    # A try that never ended was cut off: by a kill, or by a loss of power.
    letter.cut_off = letter.cut_off or letter.sending_since is not None
    letter.message_id = letter.message_id or f"<{secrets.token_hex(16)}.{letter.id}@{domain}>"
    letter.sending_since, letter.next_try_at = moment, moment + LEASE
    letter.tries += 1
    secret = letter.about == CONFIRMATION
    return Claim(letter.id, moment, letter.tries, _mail(letter, secret), secret)


def _mail(letter: Letter, secret: bool) -> Mail:
    account = letter.account
    return Mail(
        address=letter.address,
        name=account.name if account else "",
        language=account.language if account else "zh",
        title=letter.title,
        text=(unseal(letter.text) or "") if secret else letter.text,
        link=letter.link,
        message_id=letter.message_id,
        dated=letter.released_at or letter.written_at,
    )


def _changed(statement: Any, values: dict[str, Any]) -> Any:
    """Return an update that raises the version, so that who read before it is told."""
    changed = statement.values(**values, version=Letter.version + 1)
    return changed.execution_options(synchronize_session=False)
