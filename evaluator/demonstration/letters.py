"""Letters of steps that are over were let go then; those of the step that runs wait as drafts."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.outbox.letting_go import release_batch
from evaluator.outbox.models import Letter, LetterState


def let_letters_go(session: Session, actor: Actor) -> None:
    """Let go all letters that are held, batch by batch as an organiser does."""
    session.flush()
    query = select(Letter.batch).where(Letter.state == LetterState.HELD).order_by(Letter.id)
    for batch, count in Counter(session.scalars(query)).items():
        release_batch(session, actor, batch=batch, count=count)
