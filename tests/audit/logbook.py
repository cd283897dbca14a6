"""A log to tamper with, and what its check says."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.audit.chain import START, digest_of
from evaluator.audit.models import AuditLine
from evaluator.audit.operations import write_line
from evaluator.audit.verifying import End, verify
from evaluator.database import now


def write(session: Session, count: int, path: str = "/1/") -> None:
    """Write so many lines, each in a unit of work of its own."""
    for number in range(count):
        write_line(
            session,
            Actor(7, "李娜", address="192.0.2.1"),
            action="organisation.edit",
            subject="organisation",
            subject_id=1,
            organisation_path=path,
            before={"members": number},
            after={"members": number + 1},
            reason="换届",
        )
        session.commit()


def found(session: Session, known: End | None = None) -> list[tuple[int, str]]:
    """Return the breaks of the log: at which line, and what is wrong in English."""
    session.commit()
    session.expire_all()
    return [(each.number, each.en) for each in verify(session, known)]


def alter(session: Session, number: int, /, **values: object) -> None:
    """Change columns of a line behind the back of the program."""
    session.execute(update(AuditLine).where(AuditLine.number == number).values(**values))


def remove(session: Session, *numbers: int) -> None:
    """Take lines out."""
    session.execute(delete(AuditLine).where(AuditLine.number.in_(numbers)))


def move(session: Session, first: int, by: int) -> None:
    """Give the lines from one on other numbers, without leaving a gap to be seen."""
    query = select(AuditLine.number).where(AuditLine.number >= first)
    for number in sorted(session.scalars(query), reverse=by > 0):
        alter(session, number, number=number + by)


def insert(session: Session, number: int, *, chained: bool) -> None:
    """Put a line in; a chained one continues the line before it rightly."""
    before = session.scalar(select(AuditLine.digest).where(AuditLine.number == number - 1))
    line = AuditLine(
        number=number,
        at=now(),
        account_id=1,
        account_name="x",
        address="",
        action="account.create",
        subject="account",
        subject_id=2,
        organisation_path="/1/",
        before="{}",
        after="{}",
        reason="",
        digest="f" * 64,
    )
    if chained:
        line.digest = digest_of(before or START, line)
    session.add(line)
    session.flush()
