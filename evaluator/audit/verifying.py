"""The whole log checked, line by line, against its digests and its noted end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from evaluator.audit.chain import START, Break, Walk
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


def verify(session: Session, known: End | None = None) -> Iterator[Break]:
    """Yield each place where the log was tampered with; it is never held as a whole.

    Who can change the database can also forge a shorter chain with a new end. `known` is an end
    that was noted elsewhere before, so that this shows as well.
    """
    walk = Walk()
    end = end_of_log(session)
    # New lines come in meanwhile: each row brings the end as it was when the reading began.
    rows = (
        select(AuditLine, _of_head(AuditHead.number), _of_head(AuditHead.digest))
        .order_by(AuditLine.number)
        .execution_options(yield_per=_AT_ONCE)
    )
    for line, number, digest in session.execute(rows):
        yield from walk.take(line)
        end = End(number or 0, digest or START)
    yield from walk.end(end.number, end.digest)
    if known is not None:
        yield from _differs(session, known)


def _of_head(column: InstrumentedAttribute[Any]) -> ScalarSelect[Any]:
    return select(column).scalar_subquery()


def _differs(session: Session, known: End) -> Iterator[Break]:
    digest = session.scalar(select(AuditLine.digest).where(AuditLine.number == known.number))
    if digest != known.digest and known != End(0, START):
        yield Break(
            known.number,
            "该行与此前记下的摘要不符",
            "it has not the digest that was noted before",
        )
