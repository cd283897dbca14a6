"""All appraisals of a place at once: those that are missing are set up, and get their slips."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.appraisals.counting import Question, questions_of
from evaluator.appraisals.models import Appraisal, AppraisalState, BallotCode, Way
from evaluator.appraisals.operations import MOST_SLIPS, begin, hold, make_slips
from evaluator.rounds.models import Participant, Round, RoundRuleSet
from evaluator.rounds.queries import visible_participants
from evaluator.rule_sets.models import StoredRuleSet
from evaluator.rule_sets.reading import rule_set_of

FEWEST = 3
"""From fewer ballots everybody could tell who chose what."""
P = Permission
Slips = Sequence[tuple[Participant, Sequence[str]]]


@dataclass(frozen=True)
class Left:
    """How many appraisals are left to be set up, to get slips, and to get a first ballot."""

    missing: int = 0
    without_slips: int = 0
    without_ballots: int = 0


def left(session: Session, actor: Actor, made: Round) -> Left:
    """Return what is left to do where an actor runs appraisals; it is counted, not read."""
    missing = _missing(actor, made, _asked(session, made)).with_only_columns(Participant.id)
    queries = [missing, *(each.with_only_columns(Appraisal.id) for each in _unused(actor, made))]
    counts = [select(func.count()).select_from(each.order_by(None).subquery()) for each in queries]
    return Left(*(session.scalar(each) or 0 for each in counts))


def set_up_missing(session: Session, actor: Actor, *, made: Round, way: Way, share: int) -> int:
    """Set up all appraisals that are missing; return how many.

    There is a result where so many per cent of the members took part, and three people at least.
    """
    hold(session, made)
    asked = _asked(session, made)
    found = session.scalars(_missing(actor, made, asked)).all()
    for each in found:
        minimum = max(FEWEST, -(-each.members * share // 100))
        begin(session, actor, each, asked[each.category], way, minimum)
    return len(found)


def make_all_slips(session: Session, actor: Actor, *, made: Round, anew: bool) -> Slips:
    """Make a slip for each member of those that have none, as many as a document can hold.

    `anew` makes them also where slips are out and nobody has voted: those no longer work.
    """
    hold(session, made)
    without_slips, without_ballots = _unused(actor, made)
    found = session.scalars(without_ballots if anew else without_slips).all()
    together: list[tuple[Participant, Sequence[str]]] = []
    room = MOST_SLIPS
    for appraisal in found:
        count = min(max(1, appraisal.participant.members), MOST_SLIPS)
        if count > room:
            break
        room -= count
        codes = make_slips(session, actor, appraisal=appraisal, count=count)
        together.append((appraisal.participant, codes))
    return together


def _managed(actor: Actor, made: Round) -> Select[Participant]:
    return visible_participants(actor, P.MANAGE_APPRAISALS, made.id)


def _missing(
    actor: Actor, made: Round, asked: Mapping[str, Sequence[Question]]
) -> Select[Participant]:
    """Return the query of whom an actor may let be appraised, is to be, and is not yet."""
    return _managed(actor, made).where(
        Participant.category.in_([category for category in asked if asked[category]]),
        ~select(Appraisal.id).where(Appraisal.participant_id == Participant.id).exists(),
    )


def _unused(actor: Actor, made: Round) -> tuple[Select[Appraisal], Select[Appraisal]]:
    """Return the queries of appraisals by codes without slips, and without a ballot.

    The latter begin with those whose slips are oldest: who goes on comes to the next ones.
    """
    slips = select(BallotCode.id).where(BallotCode.appraisal_id == Appraisal.id)
    voted = slips.where(BallotCode.used.is_(True))
    newest = slips.with_only_columns(func.coalesce(func.max(BallotCode.id), 0)).scalar_subquery()
    running = _by_codes(actor, made)
    in_order = (Participant.committee, Participant.sort_key, Participant.id)
    return (
        running.where(~slips.exists()).order_by(*in_order),
        running.where(~voted.exists()).order_by(newest, *in_order),
    )


def _by_codes(actor: Actor, made: Round) -> Select[Appraisal]:
    places = _managed(actor, made).order_by(None).with_only_columns(Participant.id)
    return (
        select(Appraisal)
        .join(Appraisal.participant)
        .where(
            Appraisal.participant_id.in_(places),
            Appraisal.state == AppraisalState.OPEN,
            Appraisal.way == Way.CODES,
        )
    )


def _asked(session: Session, made: Round) -> dict[str, list[Question]]:
    """Return what the rule set of each category asks."""
    query = (
        select(RoundRuleSet.category, StoredRuleSet)
        .join(StoredRuleSet, StoredRuleSet.id == RoundRuleSet.stored_rule_set_id)
        .where(RoundRuleSet.round_id == made.id)
    )
    return {
        category: questions_of(rule_set_of(stored)) for category, stored in session.execute(query)
    }
