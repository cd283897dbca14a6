"""Holding a case or a seat, so that nobody else acts on it in this moment."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.database import take_turn
from evaluator.panels.models import Case, Seat


def hold_case(session: Session, case: Case) -> None:
    """Let nobody else act on a case until the unit of work ends."""
    take_turn(session)
    locked = select(Case).where(Case.id == case.id).with_for_update(key_share=True, of=Case)
    session.scalars(locked.execution_options(populate_existing=True)).one()


def hold_seat(session: Session, seat: Seat) -> Seat:
    """Return a seat as it is now, held until the unit of work ends."""
    take_turn(session)
    locked = select(Seat).where(Seat.id == seat.id).with_for_update(key_share=True, of=Seat)
    return session.scalars(locked.execution_options(populate_existing=True)).one()
