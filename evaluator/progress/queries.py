"""How far the participants of a round are, counted by the database within what a caller may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission, within
from evaluator.applications.models import Application, ApplicationState
from evaluator.organisations.models import Organisation
from evaluator.organisations.queries import names_match
from evaluator.rounds.models import Participant

SEE = Permission.SEE_PROGRESS
NOT_STARTED = "not_started"
_S = ApplicationState
STATES_OF: Mapping[str, tuple[ApplicationState, ...]] = {
    "draft": (_S.DRAFT,),
    "submitted": (_S.SUBMITTED,),
    "returned": (_S.RETURNED,),
    "reviewed": (_S.REVIEWED,),
    "defence": (_S.IN_DEFENCE, _S.DEFENDED),
    "decided": (_S.DECIDED, _S.ON_NOTICE, _S.OBJECTED),
    "unrated": (_S.UNRATED,),
    "awarded": (_S.AWARDED,),
}
"""The states of an application that are one stage of a round."""
STAGES = (NOT_STARTED, *STATES_OF)
"""Where a participant may stand; one whose application nobody has opened has none."""
_ALWAYS_SHOWN = STAGES[:5]
_STAGE_OF = {state: stage for stage, states in STATES_OF.items() for state in states}


def stage_of(application: Application | None) -> str:
    """Return the stage of a participant."""
    return _STAGE_OF[application.state] if application else NOT_STARTED


def stages_with(numbers: Mapping[str, int]) -> tuple[str, ...]:
    """Return the stages of a table: later ones as soon as somebody has reached them."""
    return tuple(each for each in STAGES if each in _ALWAYS_SHOWN or numbers.get(each))


@dataclass(frozen=True)
class Counted:
    """How many participants of one committee and category stand where."""

    committee_id: int
    committee: str
    category: str
    stage: str
    number: int


@dataclass(frozen=True)
class Narrowed:
    """What a list of participants is narrowed to; what is empty narrows nothing."""

    committee_id: int | None = None
    category: str = ""
    stage: str = ""
    words: str = ""


def counted(session: Session, actor: Actor, round_id: int) -> list[Counted]:
    """Return how many participants stand where, in the order of the committees; one query."""
    query = (
        select(
            Participant.committee_id,
            func.min(Participant.committee),
            Participant.category,
            Application.state,
            func.count(),
        )
        .join(Organisation, Organisation.id == Participant.committee_id)
        .outerjoin(Application, Application.participant_id == Participant.id)
        .where(Participant.round_id == round_id, within(Participant.path, actor, SEE))
        .group_by(Participant.committee_id, Participant.category, Application.state)
        .order_by(func.min(Organisation.sort_key), Participant.committee_id)
    )
    return [
        Counted(committee_id, committee, category, _STAGE_OF.get(state, NOT_STARTED), number)
        for committee_id, committee, category, state, number in session.execute(query)
    ]


def participants_at(actor: Actor, round_id: int, narrowed: Narrowed) -> Select[Participant]:
    """Return the query of the participants of a list."""
    query = (
        select(Participant)
        .outerjoin(Application, Application.participant_id == Participant.id)
        .where(Participant.round_id == round_id, within(Participant.path, actor, SEE))
        .order_by(Participant.committee, Participant.sort_key, Participant.id)
    )
    if narrowed.committee_id is not None:
        query = query.where(Participant.committee_id == narrowed.committee_id)
    if narrowed.category:
        query = query.where(Participant.category == narrowed.category)
    if narrowed.words:
        query = query.where(names_match(narrowed.words, Participant))
    if narrowed.stage == NOT_STARTED:
        query = query.where(Application.id.is_(None))
    elif narrowed.stage:
        query = query.where(Application.state.in_(STATES_OF[narrowed.stage]))
    return query


def applications_of(
    session: Session, participants: Sequence[Participant]
) -> dict[int, Application]:
    """Return the applications of participants that a caller sees, by participant."""
    query = select(Application).where(
        Application.participant_id.in_([each.id for each in participants])
    )
    return {each.participant_id: each for each in session.scalars(query)}
