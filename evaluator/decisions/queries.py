"""Reading decisions, findings and minutes, always within what the caller may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from evaluator.access import Actor, NotAllowed, Permission, within
from evaluator.applications.models import Application
from evaluator.decisions.models import Decision, DepartmentList, Finding, Minutes
from evaluator.rounds.models import Participant, Round, RoundRuleSet, RoundState
from evaluator.rule_sets.models import StoredRuleSet

SEE = Permission.SEE_DECISIONS


def rounds_to_decide(session: Session) -> Sequence[Round]:
    """Return the rounds that have been opened, the one that runs first, then the newest."""
    query = (
        select(Round)
        .where(Round.state != RoundState.PLANNED)
        .options(
            selectinload(Round.steps),
            selectinload(Round.rule_sets).selectinload(RoundRuleSet.stored),
        )
        .order_by((Round.state == RoundState.OPEN).desc(), Round.year.desc(), Round.id.desc())
    )
    return session.scalars(query).all()


def find_opened(session: Session, round_id: int) -> Round:
    """Return a round that has been opened; raises NotAllowed where there is none such."""
    for each in rounds_to_decide(session):
        if each.id == round_id:
            return each
    raise NotAllowed(SEE)


def stored_for(made: Round, category: str) -> StoredRuleSet:
    """Return the rule set of a category of a round; raises NotAllowed where it has none such."""
    for each in made.rule_sets:
        if each.category == category:
            return each.stored
    raise NotAllowed("no such category")


def participants_of(session: Session, made: Round, category: str) -> Mapping[str, Participant]:
    """Return all participants of a category by their numbers; the caller checks who may."""
    query = select(Participant).where(
        Participant.round_id == made.id, Participant.category == category
    )
    return {each.code: each for each in session.scalars(query)}


def visible_codes(session: Session, actor: Actor, made: Round, category: str) -> frozenset[str]:
    """Return the numbers of the participants of a category that an actor sees decisions of."""
    query = select(Participant.code).where(
        Participant.round_id == made.id,
        Participant.category == category,
        within(Participant.path, actor, SEE),
    )
    return frozenset(session.scalars(query))


def applications_of(
    session: Session, participant_ids: Collection[int]
) -> Mapping[int, Application]:
    """Return the applications of participants."""
    query = select(Application).where(Application.participant_id.in_(participant_ids))
    return {each.participant_id: each for each in session.scalars(query)}


def decisions_in(session: Session, made: Round, category: str) -> Mapping[str, Decision]:
    """Return what was decided or proposed in a category, by the numbers of the organisations."""
    query = (
        select(Decision)
        .join(Decision.participant)
        .where(Participant.round_id == made.id, Participant.category == category)
    )
    return {each.participant.code: each for each in session.scalars(query)}


def decision_of(session: Session, participant: Participant) -> Decision | None:
    """Return what was decided or proposed for a participant."""
    query = select(Decision).where(Decision.participant_id == participant.id)
    return session.scalars(query).one_or_none()


def findings_on(
    session: Session, participant_ids: Collection[int]
) -> Mapping[int, Sequence[Finding]]:
    """Return the findings of the joint check by participant, lifted ones too."""
    query = (
        select(Finding)
        .where(Finding.participant_id.in_(participant_ids))
        .options(selectinload(Finding.found_in))
        .order_by(Finding.on, Finding.id)
    )
    found: dict[int, list[Finding]] = defaultdict(list)
    for each in session.scalars(query):
        found[each.participant_id].append(each)
    return found


def findings_in(made: Round) -> Select[Finding]:
    """Return the query of the findings of a round, the newest first."""
    return (
        select(Finding)
        .join(Finding.found_in)
        .where(DepartmentList.round_id == made.id)
        .options(selectinload(Finding.found_in))
        .order_by(Finding.id.desc())
    )


def find_finding(
    session: Session, actor: Actor, finding_id: int, permission: Permission
) -> Finding:
    """Return a finding; raises NotAllowed where it is not there for this actor."""
    found = session.get(Finding, finding_id, options=[selectinload(Finding.found_in)])
    if found is None or not actor.may(permission, found.participant.path):
        raise NotAllowed(permission)
    return found


def lists_of(session: Session, made: Round) -> Sequence[DepartmentList]:
    """Return the lists that departments brought in a round, the newest first."""
    query = (
        select(DepartmentList)
        .where(DepartmentList.round_id == made.id)
        .options(selectinload(DepartmentList.findings))
        .order_by(DepartmentList.id.desc())
    )
    return session.scalars(query).all()


def minutes_of(session: Session, made: Round) -> Sequence[Minutes]:
    """Return the minutes of a round, the newest first."""
    query = select(Minutes).where(Minutes.round_id == made.id).order_by(Minutes.number.desc())
    return session.scalars(query).all()
