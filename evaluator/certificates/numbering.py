"""Running numbers: each is given once, however many organisers issue at the same moment."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluator.certificates.models import Certificate
from evaluator.credentials.serials import category_letter, level_letter
from evaluator.database import take_turn
from evaluator.rounds.models import Round


def hold_year(session: Session, year: int) -> None:
    """Let one issuing of a year happen after the other; what was read before is read anew."""
    take_turn(session)
    query = select(Round.id).where(Round.year == year).order_by(Round.id)
    session.execute(query.with_for_update(key_share=True))


def kind_of(category: str, level: str) -> str:
    """Return the series in which the certificates of a category and level are numbered."""
    return category_letter(category) + level_letter(level)


class Numbers:
    """The running numbers of a year, to be asked for while the year is held."""

    def __init__(self, session: Session, year: int):
        query = (
            select(Certificate.kind, func.max(Certificate.number))
            .where(Certificate.year == year)
            .group_by(Certificate.kind)
        )
        self._last: Counter[str] = Counter(dict(session.execute(query).all()))

    def next(self, kind: str) -> int:
        """Return the next number of a series."""
        self._last[kind] += 1
        return self._last[kind]
