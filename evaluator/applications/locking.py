"""The application of a participant, held so that nobody else changes it in this moment."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload, lazyload

from evaluator.applications.models import Application
from evaluator.database import now, take_turn
from evaluator.rounds.models import Participant

# Hundreds save in the same minute: to put these together takes longer than to ask them.
_LOCKED = (
    select(Participant.id)
    .where(Participant.id == bindparam("participant"))
    .with_for_update(key_share=True)
)
_HELD = (
    select(Application)
    .where(Application.participant_id == bindparam("participant"))
    .options(joinedload(Application.answers), lazyload(Application.participant))
    .execution_options(populate_existing=True)
)


def hold(session: Session, participant: Participant) -> Application | None:
    """Return an application with its answers as they are now, held until the unit of work ends.

    The participant's row is what is locked: it is there before the first answer is. On SQLite
    nobody else writes anyhow.
    """
    take_turn(session)
    named = {"participant": participant.id}
    if session.get_bind().dialect.name != "sqlite":
        session.execute(_LOCKED, named)
    return session.scalars(_HELD, named).unique().one_or_none()


def hold_or_begin(session: Session, participant: Participant) -> Application:
    """Return the application of a participant, held; it begins with the first answer."""
    application = hold(session, participant)
    if application is None:
        moment = now()
        application = Application(participant=participant, created_at=moment, changed_at=moment)
        session.add(application)
        session.flush()
    return application
