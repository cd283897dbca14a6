"""Reading what score reports are made of, always within what the caller may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, undefer

from evaluator.access import Actor, NotAllowed, Permission, within
from evaluator.applications.models import Application, ApplicationState
from evaluator.decisions.models import Decision
from evaluator.organisations.models import Organisation
from evaluator.reviews.models import FactReview
from evaluator.rounds.models import Participant
from evaluator.rounds.queries import find_participant
from evaluator.score_reports.models import PlanItem
from evaluator.score_reports.policy import TOLD

SEE = Permission.SEE_SCORE_REPORTS
States = Mapping[int, ApplicationState]


def find_told(
    session: Session, actor: Actor, participant_id: int, permission: Permission = SEE
) -> Participant:
    """Return a participant that has a report; raises NotAllowed where there is none for them."""
    participant = find_participant(session, actor, permission, participant_id)
    if participant.id not in states_of(session, [participant.id]):
        raise NotAllowed(permission)
    return participant


def told_participants(actor: Actor, round_id: int) -> Select[Participant]:
    """Return the query of those who have a report, by name; there is no order by points."""
    return (
        select(Participant)
        .join(Application, Application.participant_id == Participant.id)
        .where(
            Participant.round_id == round_id,
            Application.state.in_(TOLD),
            within(Participant.path, actor, SEE),
        )
        .order_by(Participant.committee, Participant.sort_key, Participant.id)
    )


def states_of(session: Session, participant_ids: Collection[int]) -> States:
    """Return where the applications stand of those who have a report."""
    query = select(Application.participant_id, Application.state).where(
        Application.participant_id.in_(participant_ids), Application.state.in_(TOLD)
    )
    return dict(session.execute(query).all())


def decisions_of(session: Session, participant_ids: Collection[int]) -> Mapping[int, Decision]:
    """Return what was decided or proposed, with the whole results that were kept."""
    query = (
        select(Decision)
        .where(Decision.participant_id.in_(participant_ids))
        .options(undefer(Decision.result))
    )
    return {each.participant_id: each for each in session.scalars(query)}


def fact_reviews_of(
    session: Session, participant_ids: Collection[int]
) -> Mapping[int, Mapping[str, FactReview]]:
    """Return what reviewers made of facts, by participant and fact."""
    query = (
        select(Application.participant_id, FactReview)
        .join(FactReview, FactReview.application_id == Application.id)
        .where(Application.participant_id.in_(participant_ids))
    )
    found: dict[int, dict[str, FactReview]] = defaultdict(dict)
    for participant_id, review in session.execute(query):
        found[participant_id][review.fact] = review
    return found


def plan_of(session: Session, organisation_ids: Collection[int]) -> Mapping[int, list[PlanItem]]:
    """Return the plans of organisations, what is due first at the head."""
    query = (
        select(PlanItem)
        .where(PlanItem.organisation_id.in_(organisation_ids))
        .order_by(PlanItem.due, PlanItem.id)
    )
    found: dict[int, list[PlanItem]] = defaultdict(list)
    for each in session.scalars(query):
        found[each.organisation_id].append(each)
    return found


def find_plan_item(session: Session, actor: Actor, item_id: int) -> tuple[PlanItem, str]:
    """Return an item of a plan with the place of its organisation, for who may change it."""
    query = (
        select(PlanItem, Organisation.path)
        .join(Organisation, Organisation.id == PlanItem.organisation_id)
        .where(PlanItem.id == item_id)
    )
    found = session.execute(query).one_or_none()
    if found is None or not actor.may(Permission.PLAN_NEXT_STAR, found[1]):
        raise NotAllowed(Permission.PLAN_NEXT_STAR)
    return found


def committees_in(session: Session, actor: Actor, round_id: int) -> Sequence[tuple[int, str]]:
    """Return the committees of which a caller sees reports, with their names as then."""
    told = told_participants(actor, round_id).order_by(None).subquery()
    query = select(told.c.committee_id, told.c.committee).distinct().order_by(told.c.committee)
    return [(number, name) for number, name in session.execute(query)]


# Every page of a self-assessment asks for it: put together once.
_OPEN = (
    select(PlanItem)
    .where(
        PlanItem.organisation_id == bindparam("organisation"),
        PlanItem.round_id != bindparam("round"),
        PlanItem.done_on.is_(None),
    )
    .order_by(PlanItem.due, PlanItem.id)
)


def open_plan(session: Session, participant: Participant) -> Sequence[PlanItem]:
    """Return what an organisation took from reports of other rounds and has not done yet."""
    named = {"organisation": participant.organisation_id, "round": participant.round_id}
    return session.scalars(_OPEN, named).all()


def report_for(session: Session, actor: Actor, item: PlanItem) -> int | None:
    """Return the participant in whose report an item of a plan is shown, None where none is."""
    query = (
        select(Participant.id)
        .join(Application, Application.participant_id == Participant.id)
        .where(
            Participant.organisation_id == item.organisation_id,
            Participant.round_id == item.round_id,
            Application.state.in_(TOLD),
            within(Participant.path, actor, SEE),
        )
    )
    return session.scalar(query)
