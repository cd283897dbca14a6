"""The whole log checked, line by line, against its digests and its noted end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluator.audit.chain import START, Break, breaks
from evaluator.audit.models import AuditHead, AuditLine

_AT_ONCE = 2_000


@dataclass(frozen=True)
class End:
    """The end of the log: written down on paper, it proves later that nothing before it changed."""

    number: int
    digest: str

    def __str__(self) -> str:
        """Return it as one word, as `verify --known` takes it."""
        return f"{self.number}:{self.digest}"


def end_of_log(session: Session) -> End:
    """Return where the log ends now."""
    head = session.execute(select(AuditHead.number, AuditHead.digest)).one_or_none()
    return End(*head) if head else End(0, START)


def verify(session: Session, end: End, known: End | None = None) -> Iterator[Break]:
    """Yield each place where the log up to its end was tampered with; it is never read whole.

    Who can change the database can also forge a shorter chain with a new end. `known` is an end
    that was noted elsewhere before, so that this shows as well.
    """
    lines = (
        select(AuditLine)
        .where(AuditLine.number <= end.number)
        .order_by(AuditLine.number)
        .execution_options(yield_per=_AT_ONCE)
    )
    yield from breaks(session.scalars(lines), end.number, end.digest)
    yield from _beyond_the_end(session)
    if known is not None:
        yield from _differs(session, known)


def _beyond_the_end(session: Session) -> Iterator[Break]:
    """Yield lines after the end; asked in one statement, as new lines come in meanwhile."""
    end = func.coalesce(select(AuditHead.number).scalar_subquery(), 0)
    for number in session.scalars(select(AuditLine.number).where(AuditLine.number > end)):
        yield Break(number, "该行在日志末尾之后插入", "it was put in after the end of the log")


def _differs(session: Session, known: End) -> Iterator[Break]:
    digest = session.scalar(select(AuditLine.digest).where(AuditLine.number == known.number))
    if digest != known.digest and known != End(0, START):
        yield Break(
            known.number,
            "该行与此前记下的摘要不符",
            "it has not the digest that was noted before",
        )
