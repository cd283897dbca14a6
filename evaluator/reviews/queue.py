"""The work queue of a committee: what waits longest first, replies and new submissions marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from evaluator.access import Actor, Permission, within
from evaluator.applications.models import Application, ApplicationState, Submission
from evaluator.applications.procedure import REVIEWED_OR_LATER
from evaluator.organisations.queries import names_match
from evaluator.reviews.models import Reply, Review
from evaluator.rounds.models import Participant, Round

_P = Permission.SEE_REVIEWS


class Waiting(StrEnum):
    """What an application in the queue waits for; the most urgent first."""

    REVIEW = "review"
    ANSWER = "answer"
    MENDING = "mending"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Asked:
    """What a queue is narrowed to; empty for everything."""

    state: str = ""
    category: str = ""
    committee: str = ""
    name: str = ""


@dataclass(frozen=True)
class Line:
    """What a line of the queue says beside the application."""

    waiting: Waiting
    submission: int
    replies: int
    review: Review | None


_OPEN_REPLY = (
    exists()
    .where(Reply.application_id == Application.id, Reply.answered_at.is_(None))
    .correlate(Application)
)
_STATES: Mapping[Waiting, ColumnElement[bool]] = {
    Waiting.REVIEW: Application.state == ApplicationState.SUBMITTED,
    Waiting.ANSWER: and_(Application.state.in_(REVIEWED_OR_LATER), _OPEN_REPLY),
    Waiting.MENDING: Application.state == ApplicationState.RETURNED,
    Waiting.NOTHING: and_(Application.state.in_(REVIEWED_OR_LATER), ~_OPEN_REPLY),
}


def queue(actor: Actor, made: Round, asked: Asked) -> Select[Application]:
    """Return the query of the applications that an actor may see reviewed, by urgency."""
    urgency = case(*((holds, place) for place, holds in enumerate(_STATES.values())), else_=9)
    query = (
        select(Application)
        .join(Application.participant)
        .where(*_visible(actor, made), *_narrowed(asked))
        .options(contains_eager(Application.participant))
    )
    return query.order_by(urgency, Application.submitted_at, Participant.sort_key, Application.id)


def counts(session: Session, actor: Actor, made: Round) -> dict[Waiting, int]:
    """Return how many applications wait for what, of those that an actor may see."""
    columns = [func.coalesce(func.sum(case((holds, 1), else_=0)), 0) for holds in _STATES.values()]
    query = select(*columns).select_from(Application).join(Application.participant)
    row = session.execute(query.where(*_visible(actor, made))).one()
    return dict(zip(_STATES, row, strict=True))


def not_submitted(session: Session, actor: Actor, made: Round) -> int:
    """Return how many participants that an actor may see have not submitted yet."""
    query = (
        select(func.count(Participant.id))
        .outerjoin(Application, Application.participant_id == Participant.id)
        .where(
            Participant.round_id == made.id,
            within(Participant.path, actor, _P),
            or_(Application.id.is_(None), Application.state == ApplicationState.DRAFT),
        )
    )
    return session.scalar(query) or 0


def lines(session: Session, applications: Sequence[Application]) -> dict[int, Line]:
    """Return what the lines of a page say; the same number of queries for any number of them."""
    ids = [each.id for each in applications]
    submissions = dict(
        session.execute(
            select(Submission.application_id, func.max(Submission.number))
            .where(Submission.application_id.in_(ids))
            .group_by(Submission.application_id)
        ).all()
    )
    replies = dict(
        session.execute(
            select(Reply.application_id, func.count())
            .where(Reply.application_id.in_(ids), Reply.answered_at.is_(None))
            .group_by(Reply.application_id)
        ).all()
    )
    query = select(Review).where(Review.application_id.in_(ids))
    reviews = session.scalars(query.options(selectinload(Review.account)))
    by_application = {each.application_id: each for each in reviews}
    return {
        each.id: Line(
            _waiting(each, replies.get(each.id, 0)),
            submissions.get(each.id, 0),
            replies.get(each.id, 0),
            by_application.get(each.id),
        )
        for each in applications
    }


def groups_seen(
    session: Session, actor: Actor, made: Round
) -> tuple[list[str], list[tuple[int, str]]]:
    """Return the categories and committees of the participants that an actor may see."""
    query = (
        select(Participant.category, Participant.committee_id, Participant.committee)
        .where(Participant.round_id == made.id, within(Participant.path, actor, _P))
        .distinct()
    )
    rows = session.execute(query).all()
    committees = sorted({(name, number) for _, number, name in rows})
    return sorted({row[0] for row in rows}), [(number, name) for name, number in committees]


def days_left(ends: datetime, at: datetime) -> int:
    """Return how many whole days are left of a step."""
    return max(0, (ends - at).days)


def _visible(actor: Actor, made: Round) -> tuple[ColumnElement[bool], ...]:
    return (
        Participant.round_id == made.id,
        within(Participant.path, actor, _P),
        Application.state != ApplicationState.DRAFT,
    )


def _narrowed(asked: Asked) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.state in set(Waiting):
        found.append(_STATES[Waiting(asked.state)])
    if asked.category:
        found.append(Participant.category == asked.category)
    if asked.committee.isdigit():
        found.append(Participant.committee_id == int(asked.committee))
    name = asked.name.strip()
    if name:
        found.append(names_match(name, Participant))
    return found


def _waiting(application: Application, replies: int) -> Waiting:
    if application.state is ApplicationState.SUBMITTED:
        return Waiting.REVIEW
    if application.state is ApplicationState.RETURNED:
        return Waiting.MENDING
    return Waiting.ANSWER if replies else Waiting.NOTHING
