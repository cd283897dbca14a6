"""Reading follow-up tasks, always within what the caller may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from evaluator.access import Actor, NotAllowed, Permission, within
from evaluator.applications.models import Application, ApplicationState
from evaluator.awards.models import Award, FollowUpTask
from evaluator.database import now
from evaluator.notices.calendar import day_of
from evaluator.rounds.models import Participant, Round

P = Permission
_IS_OPEN = and_(FollowUpTask.done_at.is_(None), FollowUpTask.cancelled_at.is_(None))


class Progress(StrEnum):
    """How far tasks are, to be filtered by."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class WantedTasks:
    """Which tasks are asked for."""

    words: str = ""
    progress: Progress | None = None
    participant: int | None = None


def wanted_tasks(actor: Actor, wanted: WantedTasks) -> Select[FollowUpTask]:
    """Return the query of the tasks that are asked for: overdue ones first, done ones last."""
    query = (
        select(FollowUpTask)
        .join(Participant, Participant.id == FollowUpTask.participant_id)
        .where(within(Participant.path, actor, P.SEE_AWARDS))
        .options(joinedload(FollowUpTask.participant).joinedload(Participant.round))
        .order_by(
            ~_IS_OPEN,
            FollowUpTask.due.is_(None),
            FollowUpTask.due,
            Participant.committee,
            Participant.sort_key,
            FollowUpTask.id,
        )
    )
    if wanted.words:
        columns = (
            Participant.name,
            Participant.code,
            Participant.committee,
            FollowUpTask.text,
            FollowUpTask.text_en,
            FollowUpTask.owner,
            FollowUpTask.group_,
            FollowUpTask.group_en,
        )
        query = query.where(
            or_(*(each.icontains(wanted.words, autoescape=True) for each in columns))
        )
    if wanted.participant is not None:
        query = query.where(FollowUpTask.participant_id == wanted.participant)
    return query.where(_at(wanted.progress)) if wanted.progress else query


def _at(progress: Progress) -> ColumnElement[bool]:
    if progress is Progress.OVERDUE:
        return and_(_IS_OPEN, FollowUpTask.due < day_of(now()))
    if progress is Progress.CANCELLED:
        return FollowUpTask.cancelled_at.is_not(None)
    return _IS_OPEN if progress is Progress.OPEN else FollowUpTask.done_at.is_not(None)


def is_overdue(task: FollowUpTask) -> bool:
    """Return whether a task should have been done."""
    return task.is_open and task.due is not None and task.due < day_of(now())


def find_task(session: Session, actor: Actor, permission: Permission, task_id: int) -> FollowUpTask:
    """Return a task; raises NotAllowed where it is not there for this actor."""
    options = [joinedload(FollowUpTask.participant).joinedload(Participant.round)]
    found = session.get(FollowUpTask, task_id, options=options)
    if found is None or not actor.may(permission, found.participant.path):
        raise NotAllowed(permission)
    return found


def rounds_with_follow_up(session: Session) -> list[Round]:
    """Return the rounds in which somebody was awarded or closed without a level, newest first."""
    query = (
        select(Round)
        .where(
            Round.id.in_(
                select(Participant.round_id)
                .outerjoin(Award, Award.participant_id == Participant.id)
                .outerjoin(Application, Application.participant_id == Participant.id)
                .where(or_(Award.id.is_not(None), Application.state == ApplicationState.UNRATED))
            )
        )
        .order_by(Round.year.desc(), Round.id.desc())
    )
    return list(session.scalars(query))


@dataclass(frozen=True)
class Waiting:
    """How many tasks are open in a place, how many of them overdue, and the next day."""

    open: int
    overdue: int
    next_due: date | None


def waiting_for(session: Session, actor: Actor) -> Waiting:
    """Return what is open where an actor answers for follow-up; one query."""
    today = day_of(now())
    query = (
        select(
            func.count(),
            func.count().filter(FollowUpTask.due < today),
            func.min(FollowUpTask.due).filter(FollowUpTask.due >= today),
        )
        .select_from(FollowUpTask)
        .join(Participant, Participant.id == FollowUpTask.participant_id)
        .where(_IS_OPEN, within(Participant.path, actor, P.FOLLOW_UP))
    )
    return Waiting(*session.execute(query).one())
