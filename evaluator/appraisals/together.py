"""All appraisals of a place at once: those that are missing are set up, and get their slips."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.appraisals.counting import Question, questions_of
from evaluator.appraisals.models import Appraisal, AppraisalState, BallotCode, Way
from evaluator.appraisals.operations import MOST_SLIPS, begin, make_slips
from evaluator.rounds.models import Participant, Round, RoundRuleSet
from evaluator.rounds.queries import visible_participants
from evaluator.rule_sets.models import StoredRuleSet
from evaluator.rule_sets.reading import rule_set_of

FEWEST = 3
"""From fewer ballots everybody could tell who chose what."""
P = Permission
Slips = Sequence[tuple[Participant, Sequence[str]]]


def missing(session: Session, actor: Actor, made: Round) -> Sequence[Participant]:
    """Return whom an actor may let be appraised, is to be, and has no appraisal yet."""
    asked = [category for category, questions in _asked(session, made).items() if questions]
    query = _managed(actor, made).where(
        Participant.category.in_(asked),
        ~select(Appraisal.id).where(Appraisal.participant_id == Participant.id).exists(),
    )
    return session.scalars(query).all()


def set_up_missing(session: Session, actor: Actor, *, made: Round, way: Way, share: int) -> int:
    """Set up all appraisals that are missing; return how many.

    There is a result where so many per cent of the members took part, and three people at least.
    """
    asked = _asked(session, made)
    found = missing(session, actor, made)
    for each in found:
        minimum = max(FEWEST, -(-each.members * share // 100))
        begin(session, actor, each, asked[each.category], way, minimum)
    return len(found)


def without_slips(session: Session, actor: Actor, made: Round) -> Sequence[Appraisal]:
    """Return the appraisals by codes that an actor runs and that have no slips yet."""
    slips = select(BallotCode.id).where(BallotCode.appraisal_id == Appraisal.id)
    return session.scalars(_by_codes(actor, made).where(~slips.exists())).all()


def without_ballots(session: Session, actor: Actor, made: Round) -> Sequence[Appraisal]:
    """Return those in which nobody has voted, whether they have slips or not."""
    used = select(BallotCode.id).where(
        BallotCode.appraisal_id == Appraisal.id, BallotCode.used.is_(True)
    )
    return session.scalars(_by_codes(actor, made).where(~used.exists())).all()


def make_all_slips(session: Session, actor: Actor, *, made: Round, anew: bool) -> Slips:
    """Make a slip for each member of those that have none, as many as a document can hold.

    `anew` makes them also where slips are out and nobody has voted: those no longer work.
    """
    found = (without_ballots if anew else without_slips)(session, actor, made)
    together: list[tuple[Participant, Sequence[str]]] = []
    left = MOST_SLIPS
    for appraisal in found:
        count = min(max(1, appraisal.participant.members), MOST_SLIPS)
        if count > left:
            break
        left -= count
        codes = make_slips(session, actor, appraisal=appraisal, count=count)
        together.append((appraisal.participant, codes))
    return together


def numbers(session: Session, actor: Actor, made: Round) -> tuple[int, int]:
    """Return how many appraisals are missing, and how many have no slips."""
    return len(missing(session, actor, made)), len(without_slips(session, actor, made))


def _managed(actor: Actor, made: Round) -> Select[Participant]:
    return visible_participants(actor, P.MANAGE_APPRAISALS, made.id)


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
        .order_by(Participant.committee, Participant.sort_key, Participant.id)
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
