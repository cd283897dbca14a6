"""What the first page would wait for, made before there is anybody to wait."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, configure_mappers

from evaluator.applications.ready import ready_for
from evaluator.rounds.models import Participant
from evaluator.rounds.queries import current_round
from evaluator.web.languages import say


def warm_up(app: Flask, session: Session) -> None:
    """Read the tables' shapes, the catalogue, the templates and the rule sets of the round.

    The first page of each worker would make them all, half a second or more of the processor while
    everybody else's saves wait for it. Made before the workers part they are shared, and kept.
    """
    configure_mappers()
    with app.test_request_context():
        say("Save")
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
    for participant in _one_of_each_category(session):
        ready_for(session, participant)


def _one_of_each_category(session: Session) -> list[Participant]:
    made = current_round(session)
    if made is None:
        return []
    firsts = (
        select(func.min(Participant.id))
        .where(Participant.round_id == made.id)
        .group_by(Participant.category)
    )
    return list(session.scalars(select(Participant).where(Participant.id.in_(firsts))))
