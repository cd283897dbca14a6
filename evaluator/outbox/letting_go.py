"""Held letters: read, put right, let go one by one or together, or withdrawn."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import Actor, NotAllowed
from evaluator.accounts.places import shared_path
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.outbox import policy
from evaluator.outbox.models import Letter, LetterState
from evaluator.outbox.operations import many_lines, one_line, released_state
from evaluator.outbox.queries import SEND, alike, held_in_batch
from evaluator.web.errors import Refusal


def edit_letter(
    session: Session,
    actor: Actor,
    *,
    letter: Letter,
    title: str,
    text: str,
    version: int,
    all_alike: bool = False,
) -> int:
    """Put a held letter right, with all of its batch that read the same; return how many.

    Raises StaleDataError where somebody else changed it since that version was read.
    """
    actor.require(SEND, letter.organisation_path)
    if not policy.can_be_edited(letter):
        raise Refusal(gettext("Only a held letter can be edited; this one was let go."))
    if letter.version != version:
        raise StaleDataError("the letter was changed")
    before = {"title": letter.title, "text": letter.text}
    after = {"title": one_line(title), "text": many_lines(text)}
    # The query is made while the letter still reads as the others do.
    others = alike(actor, letter) & (Letter.id != letter.id)
    changed = 1 + (_update(session, others, **after) if all_alike else 0)
    letter.title, letter.text = after["title"], after["text"]
    _line(
        session,
        actor,
        "edit",
        letter.organisation_path,
        subject_id=letter.id,
        before=before,
        after={**after, "count": changed},
    )
    session.flush()
    return changed


def release(session: Session, actor: Actor, *, letter: Letter, version: int) -> None:
    """Let a letter go, or try one again that the mail server refused."""
    actor.require(SEND, letter.organisation_path)
    _as_read(letter, version)
    if not policy.can_be_released(letter):
        raise Refusal(gettext("This letter was let go already."))
    before, moment = {"state": letter.state.value}, now()
    letter.state = released_state(outside=letter.account_id is None)
    letter.released_at = letter.released_at or moment
    letter.sent_at = moment if letter.state is LetterState.SENT else None
    letter.tries, letter.next_try_at, letter.error = 0, None, ""
    after = {"state": letter.state.value}
    place = letter.organisation_path
    _line(session, actor, "release", place, subject_id=letter.id, before=before, after=after)


def withdraw(session: Session, actor: Actor, *, letter: Letter, version: int, reason: str) -> None:
    """Take back a letter that nobody has got."""
    actor.require(SEND, letter.organisation_path)
    _as_read(letter, version)
    if policy.is_on_its_way(letter):
        raise Refusal(gettext("This letter is being sent right now. Look again in some minutes."))
    if not policy.can_be_withdrawn(letter):
        raise Refusal(gettext("Somebody has this letter already; it can no longer be withdrawn."))
    before = {"state": letter.state.value}
    letter.state, letter.error = LetterState.WITHDRAWN, reason
    place = letter.organisation_path
    _line(session, actor, "withdraw", place, subject_id=letter.id, before=before, reason=reason)


def release_batch(session: Session, actor: Actor, *, batch: str, count: int) -> None:
    """Let go all held letters of a batch, `count` of them as they were shown."""
    held = _held(session, actor, batch, count)
    moment = now()
    for outside in (True, False):
        whose = Letter.account_id.is_(None) if outside else Letter.account_id.is_not(None)
        state = released_state(outside=outside)
        sent_at = moment if state is LetterState.SENT else None
        _update(session, held & whose, state=state, released_at=moment, sent_at=sent_at)


def withdraw_batch(session: Session, actor: Actor, *, batch: str, count: int, reason: str) -> None:
    """Take back all held letters of a batch, `count` of them as they were shown."""
    held = _held(session, actor, batch, count, reason)
    _update(session, held, state=LetterState.WITHDRAWN, error=reason)


def _held(
    session: Session, actor: Actor, batch: str, count: int, reason: str = ""
) -> ColumnElement[bool]:
    """Return which letters of a batch are held, with a line of what is done to them."""
    held = held_in_batch(actor, batch)
    locked = select(Letter.id, Letter.organisation_path).where(held).with_for_update(of=Letter)
    rows = session.execute(locked).all()
    if not batch or not rows:
        raise NotAllowed(SEND)
    if len(rows) != count:
        words = gettext(
            "%(now)s letters of this batch are held now, not %(then)s as you saw. Look again.",
            now=len(rows),
            then=count,
        )
        raise Refusal(words)
    place = shared_path(row.organisation_path for row in rows)
    after = {"letters": batch, "count": len(rows)}
    _line(session, actor, "withdraw" if reason else "release", place, after=after, reason=reason)
    # By their numbers: what is done to them changes what the condition asks.
    return Letter.id.in_([row.id for row in rows])


def _as_read(letter: Letter, version: int) -> None:
    if letter.version != version:
        raise Refusal(gettext("This letter was changed after you read it. Read it once more."))


def _update(session: Session, which: ColumnElement[bool], **values: Any) -> int:
    changed = update(Letter).where(which).values(**values, version=Letter.version + 1)
    done: Any = session.execute(changed.execution_options(synchronize_session=False))
    return int(done.rowcount)


def _line(session: Session, actor: Actor, verb: str, place: str, **more: Any) -> None:
    write_line(
        session,
        actor,
        action=f"letter.{verb}",
        subject="letter",
        organisation_path=place,
        **more,
    )
