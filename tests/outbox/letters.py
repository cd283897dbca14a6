"""Letters of the tests, and people who read mail."""

from __future__ import annotations

from datetime import timedelta
from threading import Event
from typing import Any

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from evaluator.accounts.models import Account
from evaluator.database import db, now
from evaluator.organisations.models import Organisation
from evaluator.outbox.models import Letter, LetterState, MailAddress
from evaluator.outbox.operations import write_letter
from evaluator.outbox.sending import Sent, send_due
from evaluator.outbox.settings import mail_settings


def letter_to(session: Session, to: Account | str, place: Organisation, **more: Any) -> Letter:
    """Add a letter, held unless it is said otherwise."""
    given: dict[str, Any] = {
        "about": "notice.published",
        "title": "关于公示的通知",
        "text": "您支部的拟定星级已公示。\n\n请查看。",
        **more,
    }
    letter = write_letter(session, None, to=to, organisation_path=place.path, **given)
    session.commit()
    return letter


def ready_letter(session: Session, to: Account | str, place: Organisation, **more: Any) -> Letter:
    """Add a letter that waits for the mail, whether there is a mail server or not."""
    letter = letter_to(session, to, place, **more)
    letter.state, letter.released_at = LetterState.READY, now()
    session.commit()
    return letter


def reads_mail(session: Session, account: Account, address: str) -> Account:
    """Let an account have confirmed a mail address."""
    session.add(MailAddress(account_id=account.id, address=address, confirmed_at=now()))
    session.commit()
    return account


def sent_by(app: Flask, settings: dict[str, Any]) -> Sent:
    """Send what is due through the server of some settings."""
    known = mail_settings({**app.config, **settings})
    assert known is not None
    db.session.commit()
    done = send_due(db.session, known, Event())
    db.session.expire_all()
    return done


def let_time_pass(session: Session) -> None:
    """Let every pause be over."""
    session.execute(update(Letter).values(next_try_at=now() - timedelta(seconds=1)))
    session.commit()
    session.expire_all()


def states(session: Session) -> list[str]:
    """Return the states of all letters in the order in which they were written."""
    session.expire_all()
    return [each.value for each in session.scalars(select(Letter.state).order_by(Letter.id))]
