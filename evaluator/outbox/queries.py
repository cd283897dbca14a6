"""Reading letters: those of the outbox within the reader's place, and one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, NotAllowed, Permission, within
from evaluator.accounts.models import Account
from evaluator.outbox.models import Letter, LetterState, MailAddress

SEE = Permission.SEE_OUTBOX
SEND = Permission.SEND_LETTERS
CONFIRMATION = "mail_address.confirm"
"""What letters with codes are about; nobody reads them but who gets the mail."""
MOST_BATCHES = 10


@dataclass(frozen=True)
class Wanted:
    """What the outbox is narrowed to; what is empty narrows nothing."""

    state: LetterState | None = None
    subject: str = ""
    words: str = ""
    batch: str = ""


@dataclass(frozen=True)
class HeldBatch:
    """Letters of one act that wait to be let go."""

    batch: str
    title: str
    about: str
    count: int


def visible_letters(actor: Actor, wanted: Wanted) -> Select[Letter]:
    """Return the query of the letters that are asked for, the newest first."""
    query = select(Letter).where(_readable(actor), *_narrowed(wanted))
    if wanted.state:
        query = query.where(Letter.state == wanted.state)
    return query.order_by(Letter.id.desc())


def numbers_by_state(session: Session, actor: Actor, wanted: Wanted) -> Mapping[LetterState, int]:
    """Return how many letters of those asked for are in each state."""
    query = (
        select(Letter.state, func.count())
        .where(_readable(actor), *_narrowed(wanted))
        .group_by(Letter.state)
    )
    return dict(list(session.execute(query)))


def held_batches(session: Session, actor: Actor) -> Sequence[HeldBatch]:
    """Return the batches of which letters are held where the actor sends them, newest first."""
    query = (
        select(Letter.batch, func.min(Letter.title), func.min(Letter.about), func.count())
        .where(_sendable(actor), Letter.state == LetterState.HELD, Letter.batch != "")
        .group_by(Letter.batch)
        .order_by(func.max(Letter.id).desc())
        .limit(MOST_BATCHES)
    )
    return [HeldBatch(*each) for each in session.execute(query)]


def held_in_batch(actor: Actor, batch: str) -> ColumnElement[bool]:
    """Return the condition of the held letters of a batch where the actor sends letters."""
    return and_(_sendable(actor), Letter.batch == batch, Letter.state == LetterState.HELD)


def alike(actor: Actor, letter: Letter) -> ColumnElement[bool]:
    """Return the condition of the held letters of a batch that read as this one does."""
    return and_(
        held_in_batch(actor, letter.batch),
        Letter.batch != "",
        Letter.title == letter.title,
        Letter.text == letter.text,
    )


def count_of(session: Session, condition: ColumnElement[bool]) -> int:
    """Return how many letters fulfil a condition."""
    return session.scalar(select(func.count(Letter.id)).where(condition)) or 0


def find_letter(session: Session, actor: Actor, letter_id: int, permission: Permission) -> Letter:
    """Return a letter; raises NotAllowed where it is not there for this actor."""
    readable = _readable(actor) if permission is SEE else _sendable(actor)
    found = session.scalars(select(Letter).where(Letter.id == letter_id, readable)).one_or_none()
    if found is None:
        raise NotAllowed(permission)
    return found


def letters_of(account_id: int) -> Select[Letter]:
    """Return the query of the letters that an account has got, unread ones first."""
    query = select(Letter).where(got_by(account_id))
    return query.order_by(Letter.read_at.is_not(None), Letter.id.desc())


def got_by(account_id: int | BindParameter[int]) -> ColumnElement[bool]:
    """Return the condition of the letters to an account that were let go and not taken back."""
    return and_(
        Letter.account_id == account_id,
        Letter.state.in_((LetterState.READY, LetterState.SENT, LetterState.FAILED)),
    )


def unread_by(account_id: int | BindParameter[int]) -> ColumnElement[bool]:
    """Return the condition of the letters that an account has got and not yet read."""
    return and_(got_by(account_id), Letter.read_at.is_(None))


# The head of every page asks for it: to put the statement together takes longer than to ask it.
_UNREAD = select(func.count(Letter.id)).where(unread_by(bindparam("account")))


def unread_count(session: Session, account_id: int) -> int:
    """Return how many new letters an account has; one query of an index."""
    return session.scalar(_UNREAD, {"account": account_id}) or 0


def mail_address_of(session: Session, account_id: int) -> MailAddress | None:
    """Return where the mail of an account goes, None where it never named an address."""
    return session.scalars(
        select(MailAddress).where(MailAddress.account_id == account_id)
    ).one_or_none()


def confirmed_address(session: Session, account_id: int) -> str:
    """Return the confirmed mail address of an account, empty where there is none."""
    kept = mail_address_of(session, account_id)
    return kept.address if kept and kept.confirmed_at else ""


def _readable(actor: Actor) -> ColumnElement[bool]:
    return and_(within(Letter.organisation_path, actor, SEE), Letter.about != CONFIRMATION)


def _sendable(actor: Actor) -> ColumnElement[bool]:
    return and_(within(Letter.organisation_path, actor, SEND), Letter.about != CONFIRMATION)


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    narrowed: list[ColumnElement[bool]] = []
    if wanted.subject:
        narrowed.append(Letter.about.startswith(f"{wanted.subject}.", autoescape=True))
    if wanted.batch:
        narrowed.append(Letter.batch == wanted.batch)
    if wanted.words:
        fields = (Letter.title, Letter.text, Letter.address)
        found = [each.icontains(wanted.words, autoescape=True) for each in fields]
        named = Letter.account.has(Account.name.icontains(wanted.words, autoescape=True))
        narrowed.append(or_(named, *found))
    return narrowed
