"""Reading appraisals, always within what the caller may see."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.appraisals.models import Appraisal, AppraisalState, Ballot, BallotCode, PaperTally
from evaluator.organisations.queries import names_match
from evaluator.rounds.models import Participant
from evaluator.rounds.queries import visible_participants
from evaluator.web.pages import Page, page_of


class Standing(StrEnum):
    """How far an appraisal is, to be filtered by."""

    MISSING = "missing"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Wanted:
    """What a list of appraisals is narrowed to; what is empty narrows nothing."""

    words: str = ""
    standing: Standing | None = None


@dataclass(frozen=True)
class Line:
    """A participant with its appraisal, if there is one, and how many ballots came in."""

    participant: Participant
    appraisal: Appraisal | None
    ballots: int


def page_of_lines(session: Session, actor: Actor, round_id: int, wanted: Wanted) -> Page[Line]:
    """Return a page of the participants that an actor sees; three queries and the count."""
    page = page_of(session, _wanted(actor, round_id, wanted))
    ids = [each.id for each in page.rows]
    query = select(Appraisal).where(Appraisal.participant_id.in_(ids))
    appraisals = {each.participant_id: each for each in session.scalars(query)}
    counts = _ballots(session, [each.id for each in appraisals.values()])
    lines = [_line(each, appraisals.get(each.id), counts) for each in page.rows]
    return Page(lines, page.number, page.total, page.size)


def _wanted(actor: Actor, round_id: int, wanted: Wanted) -> Select[Participant]:
    query = visible_participants(actor, Permission.SEE_APPRAISALS, round_id)
    if wanted.words:
        query = query.where(names_match(wanted.words, Participant))
    if wanted.standing is Standing.MISSING:
        return query.where(Participant.id.not_in(select(Appraisal.participant_id)))
    if wanted.standing is not None:
        state = AppraisalState(wanted.standing)
        held = select(Appraisal.participant_id).where(Appraisal.state == state)
        return query.where(Participant.id.in_(held))
    return query


def _line(participant: Participant, appraisal: Appraisal | None, counts: dict[int, int]) -> Line:
    if appraisal is None:
        return Line(participant, None, 0)
    return Line(participant, appraisal, appraisal.ballots or counts.get(appraisal.id, 0))


def _ballots(session: Session, ids: list[int]) -> dict[int, int]:
    query = (
        select(Ballot.appraisal_id, func.count())
        .where(Ballot.appraisal_id.in_(ids))
        .group_by(Ballot.appraisal_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def appraisal_of(session: Session, participant: Participant) -> Appraisal | None:
    """Return the appraisal of a participant; the caller checked who may see it."""
    query = select(Appraisal).where(Appraisal.participant_id == participant.id)
    return session.scalars(query).one_or_none()


def slips_out(session: Session, appraisal: Appraisal) -> int:
    """Return how many slips are good or were used."""
    query = select(func.count()).where(
        BallotCode.appraisal_id == appraisal.id, BallotCode.withdrawn.is_(False)
    )
    return session.scalar(query) or 0


def tally_of(session: Session, appraisal: Appraisal) -> PaperTally | None:
    """Return the tally on paper of an appraisal, None where there is none."""
    query = select(PaperTally).where(PaperTally.appraisal_id == appraisal.id)
    return session.scalars(query).one_or_none()
