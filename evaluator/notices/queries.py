"""Reading notices and objections: the public sees what is published, others what they may."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, defer, selectinload

from evaluator.access import Actor, NotAllowed, Permission, within
from evaluator.applications.models import Application, ApplicationState
from evaluator.appraisals.codes import code_digest
from evaluator.database import now
from evaluator.notices.calendar import day_of, end_of
from evaluator.notices.content import Content, content_in
from evaluator.notices.models import (
    Handler,
    Notice,
    NoticeEntry,
    Objection,
    ObjectionState,
)
from evaluator.notices.policy import barred
from evaluator.rounds.models import Participant
from evaluator.rule_sets.policy import may_everywhere

P = Permission
OPEN = (ObjectionState.FILED, ObjectionState.UNDER_CHECK)


def published() -> Select[Notice]:
    """Return the query of the notices that are there for the public, the newest first."""
    return (
        select(Notice)
        .where(Notice.published_at.is_not(None))
        # A list needs no text, and there are thousands of names in each.
        .options(defer(Notice.content))
        .order_by(Notice.published_at.desc(), Notice.id.desc())
    )


def find_published(session: Session, notice_id: int) -> Notice:
    """Return a notice that is public; raises NotAllowed for any other number."""
    found = session.get(Notice, notice_id, options=[selectinload(Notice.corrections)])
    if found is None or found.published_at is None:
        raise NotAllowed("no such notice")
    return found


def said(notice: Notice) -> Content:
    """Return what a published notice says now, its corrections counted in."""
    newest = notice.corrections[-1] if notice.corrections else notice
    return content_in(newest.content)


def notices_with(session: Session, participant_ids: Collection[int]) -> dict[int, Notice]:
    """Return the notices that run now with some participants on them, by participant."""
    query = (
        select(NoticeEntry.participant_id, Notice)
        .join(Notice, Notice.id == NoticeEntry.notice_id)
        .where(
            NoticeEntry.participant_id.in_(participant_ids),
            NoticeEntry.withdrawn_at.is_(None),
            Notice.published_at.is_not(None),
            Notice.closed_at.is_(None),
            Notice.last_day >= day_of(now()),
        )
        .options(defer(Notice.content))
    )
    return dict(list(session.execute(query)))


def ends_at(notice: Notice) -> datetime:
    """Return the moment at which no objection is taken any more."""
    return end_of(notice.last_day)


def takes_objections(notice: Notice) -> bool:
    """Return whether objections to a notice are taken at this moment."""
    published_at = notice.published_at
    return (
        published_at is not None
        and notice.closed_at is None
        and published_at <= now() < ends_at(notice)
    )


def visible_notices(session: Session, actor: Actor) -> Select[Notice]:
    """Return the query of the notices that an actor sees; drafts are for the whole district's."""
    query = select(Notice).options(defer(Notice.content)).order_by(Notice.id.desc())
    if may_everywhere(session, actor, P.SEE_NOTICES):
        return query
    return query.where(Notice.published_at.is_not(None))


def find_notice(session: Session, actor: Actor, permission: Permission, notice_id: int) -> Notice:
    """Return a notice for those of the whole district who have a permission."""
    options = [
        selectinload(Notice.entries),
        selectinload(Notice.corrections),
        selectinload(Notice.round),
    ]
    found = session.get(Notice, notice_id, options=options)
    if found is None or not may_everywhere(session, actor, permission):
        raise NotAllowed(permission)
    return found


def visible_objections(session: Session, actor: Actor) -> Select[Objection]:
    """Return the query of the objections that an actor sees: at its places, or handed to it.

    What was handed to somebody who turned out to be tied to the case is hidden again.
    """
    handed = and_(
        exists().where(
            Handler.objection_id == Objection.id, Handler.account_id == actor.account_id
        ),
        Participant.id.not_in(_barred(session, actor)),
    )
    places = within(Participant.path, actor, P.SEE_OBJECTIONS)
    handles = actor.may(P.HANDLE_OBJECTIONS)
    return (
        select(Objection)
        .join(NoticeEntry, NoticeEntry.id == Objection.entry_id)
        .join(Participant, Participant.id == NoticeEntry.participant_id)
        .where(or_(places, handed) if handles else places)
        .options(selectinload(Objection.handlers))
        .order_by(Objection.outcome_at.is_not(None), Objection.filed_at, Objection.id)
    )


def find_objection(session: Session, actor: Actor, objection_id: int) -> Objection:
    """Return an objection; raises NotAllowed where it is not there for this actor."""
    query = visible_objections(session, actor).where(Objection.id == objection_id)
    found = session.scalars(query.options(selectinload(Objection.attachments))).one_or_none()
    if found is None:
        raise NotAllowed("no such objection")
    return found


def _barred(session: Session, actor: Actor) -> list[int]:
    """Return the participants among those handed to an actor with which it has nothing to do."""
    query = (
        select(Participant)
        .join(NoticeEntry, NoticeEntry.participant_id == Participant.id)
        .join(Objection, Objection.entry_id == NoticeEntry.id)
        .join(Handler, Handler.objection_id == Objection.id)
        .where(Handler.account_id == actor.account_id)
    )
    if actor.account_id is None or not actor.may(P.HANDLE_OBJECTIONS):
        return []
    return barred(session, actor.account_id, session.scalars(query).unique().all())


def find_by_code(session: Session, code: str) -> Objection | None:
    """Return the objection that a code follows, None where there is none such."""
    query = select(Objection).where(Objection.code_digest == code_digest(code))
    return session.scalars(query).one_or_none()


def open_objections(session: Session, participant_id: int, but: int = 0) -> int:
    """Return how many objections to a participant wait for their outcome, one left out."""
    query = (
        select(func.count())
        .select_from(Objection)
        .join(NoticeEntry, NoticeEntry.id == Objection.entry_id)
        .where(
            NoticeEntry.participant_id == participant_id,
            Objection.state.in_(OPEN),
            Objection.id != but,
        )
    )
    return session.scalar(query) or 0


def open_on(session: Session, notice: Notice) -> int:
    """Return how many objections to a notice wait for their outcome."""
    query = (
        select(func.count())
        .select_from(Objection)
        .join(NoticeEntry, NoticeEntry.id == Objection.entry_id)
        .where(NoticeEntry.notice_id == notice.id, Objection.state.in_(OPEN))
    )
    return session.scalar(query) or 0


def is_over(session: Session, participant: Participant) -> bool:
    """Return whether the notice of a participant is over with nothing open against it."""
    query = over(participant.round_id).where(Participant.id == participant.id)
    return session.scalars(query).one_or_none() is not None


def over(round_id: int) -> Select[Participant]:
    """Return the query of those of a round whose notice is over with nothing open against them.

    An objection to one organisation does not keep the others waiting.
    """
    entry_open = exists().where(
        Objection.entry_id == NoticeEntry.id,
        NoticeEntry.participant_id == Participant.id,
        Objection.state.in_(OPEN),
    )
    ended = exists().where(
        NoticeEntry.participant_id == Participant.id,
        NoticeEntry.withdrawn_at.is_(None),
        NoticeEntry.notice_id == Notice.id,
        Notice.published_at.is_not(None),
        Notice.last_day < day_of(now()),
    )
    return (
        select(Participant)
        .join(Application, Application.participant_id == Participant.id)
        .where(
            Participant.round_id == round_id,
            Application.state == ApplicationState.ON_NOTICE,
            ended,
            ~entry_open,
        )
        .order_by(Participant.committee, Participant.sort_key, Participant.id)
    )
