"""Reading awards, always within what the caller may see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from evaluator.access import Actor, NotAllowed, Permission, within
from evaluator.awards.models import Award, AwardChange
from evaluator.awards.standing import superseded
from evaluator.database import now
from evaluator.notices.calendar import day_of
from evaluator.organisations.queries import names_match
from evaluator.rounds.models import Participant, Round

P = Permission
SOON = timedelta(days=90)
"""From when on a re-audit stands in the list of those that are due."""


class Standing(StrEnum):
    """How an award stands now, to be filtered by."""

    HELD = "held"
    LOWERED = "lowered"
    DUE = "due"
    PROPOSED = "proposed"
    ENDED = "ended"
    SUPERSEDED = "superseded"


@dataclass(frozen=True)
class Wanted:
    """Which awards are asked for."""

    words: str = ""
    category: str = ""
    year: int | None = None
    level: str = ""
    standing: Standing | None = None


def visible_awards(actor: Actor) -> Select[Award]:
    """Return the query of the awards within an actor's place, with what a list shows of them."""
    return (
        select(Award)
        .join(Participant, Participant.id == Award.participant_id)
        .join(Round, Round.id == Participant.round_id)
        .where(within(Participant.path, actor, P.SEE_AWARDS))
        .options(
            joinedload(Award.participant).joinedload(Participant.round),
            selectinload(Award.changes),
        )
    )


def wanted_awards(actor: Actor, wanted: Wanted) -> Select[Award]:
    """Return the query of the awards that are asked for; those due stand in their order."""
    query = visible_awards(actor)
    if wanted.words:
        words = wanted.words
        query = query.where(
            or_(
                names_match(words, Participant),
                Participant.committee.icontains(words, autoescape=True),
                Award.document.icontains(words, autoescape=True),
            )
        )
    if wanted.category:
        query = query.where(Participant.category == wanted.category)
    if wanted.year is not None:
        query = query.where(Round.year == wanted.year)
    if wanted.level:
        query = query.where(Award.level == wanted.level)
    if wanted.standing is not None:
        query = query.where(_stands(actor, wanted.standing))
    name = (Participant.committee, Participant.sort_key, Award.id)
    if wanted.standing is Standing.DUE:
        return query.order_by(Award.re_audit_due, *name)
    return query.order_by(Round.year.desc(), *name)


def _stands(actor: Actor, standing: Standing) -> ColumnElement[bool]:
    holds = and_(Award.level != "", ~superseded())
    match standing:
        case Standing.HELD:
            return holds
        case Standing.LOWERED:
            return and_(holds, Award.level != Award.first_level)
        case Standing.DUE:
            return and_(holds, Award.re_audit_due <= day_of(now()) + SOON)
        case Standing.PROPOSED:
            return proposed_to(actor)
        case Standing.ENDED:
            return Award.level == ""
        case Standing.SUPERSEDED:
            return and_(Award.level != "", superseded())


def proposed_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a change waits for a second person, for those who are told."""
    waits = exists().where(
        AwardChange.award_id == Award.id,
        AwardChange.confirmed_at.is_(None),
        AwardChange.withdrawn_at.is_(None),
    )
    return and_(within(Participant.path, actor, P.SEE_DECISIONS), waits)


def superseded_among(session: Session, awards: Collection[Award]) -> frozenset[int]:
    """Return which of some awards a later one stands in the place of, by number; one query."""
    query = (
        select(Award.id)
        .join(Participant, Participant.id == Award.participant_id)
        .join(Round, Round.id == Participant.round_id)
        .where(Award.id.in_([each.id for each in awards]), superseded())
    )
    return frozenset(session.scalars(query))


def find_award(session: Session, actor: Actor, permission: Permission, award_id: int) -> Award:
    """Return an award with its history; raises NotAllowed where it is not there for this actor."""
    query = visible_awards(actor).where(Award.id == award_id)
    found = session.scalars(query).unique().one_or_none()
    if found is None or not actor.may(permission, found.participant.path):
        raise NotAllowed(permission)
    return found


def years(session: Session, actor: Actor) -> list[int]:
    """Return the years of the rounds from which an actor sees awards, the newest first."""
    query = (
        select(Round.year)
        .join(Participant, Participant.round_id == Round.id)
        .join(Award, Award.participant_id == Participant.id)
        .where(within(Participant.path, actor, P.SEE_AWARDS))
        .distinct()
        .order_by(Round.year.desc())
    )
    return list(session.scalars(query))
