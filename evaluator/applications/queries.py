"""Reading applications, always within what the caller may see."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload, lazyload, selectinload, with_expression

from evaluator.access import Actor, NotAllowed, Permission, within
from evaluator.accounts.models import Account
from evaluator.applications.models import Answer, Application, Submission
from evaluator.rounds.models import Participant, Round
from evaluator.rounds.queries import RULE_SET_DIGEST

# Hundreds save and read in the same minute: to put these together takes longer than to ask them.
_BY_NUMBER = (
    select(Participant)
    .where(Participant.id == bindparam("number"))
    .options(
        joinedload(Participant.round).joinedload(Round.steps),
        with_expression(Participant.rule_set_digest, RULE_SET_DIGEST),
    )
)
_BY_PARTICIPANT = (
    select(Application)
    .where(Application.participant_id == bindparam("participant"))
    .options(joinedload(Application.answers), lazyload(Application.participant))
)
_FORMER = (
    select(Application)
    .join(Participant, Application.participant_id == Participant.id)
    .join(Round, Participant.round_id == Round.id)
    .where(Participant.organisation_id == bindparam("organisation"), Round.year < bindparam("year"))
    .order_by(Round.year.desc(), Round.id.desc())
    .limit(1)
)
_ANSWERED = (
    select(Answer.id)
    .where(Answer.application_id == _FORMER.with_only_columns(Application.id).scalar_subquery())
    .limit(1)
)


def applications_of(
    session: Session, participants: Collection[Participant]
) -> Mapping[int, Application]:
    """Return applications by participant; the caller has checked who may see them."""
    ids = [each.id for each in participants]
    query = select(Application).where(Application.participant_id.in_(ids))
    return {each.participant_id: each for each in session.scalars(query)}


def find_for(
    session: Session, actor: Actor, permission: Permission, participant_id: int
) -> Participant:
    """Return a participant with its round and steps; raises NotAllowed where it is not there."""
    found = session.scalars(_BY_NUMBER, {"number": participant_id}).unique().one_or_none()
    if found is None or not actor.may(permission, found.path):
        raise NotAllowed(permission)
    return found


def application_of(session: Session, participant: Participant) -> Application | None:
    """Return the application of a participant; the caller has checked who may see it."""
    found = session.scalars(_BY_PARTICIPANT, {"participant": participant.id})
    return found.unique().one_or_none()


def submissions_of(session: Session, participant: Participant) -> Sequence[Submission]:
    """Return what was submitted for a participant, the latest first."""
    query = (
        select(Submission)
        .join(Application)
        .where(Application.participant_id == participant.id)
        .order_by(Submission.number.desc())
    )
    return session.scalars(query).all()


def find_submission(session: Session, participant: Participant, number: int) -> Submission:
    """Return one submitting of a participant; raises NotAllowed where there is none."""
    for each in submissions_of(session, participant):
        if each.number == number:
            return each
    raise NotAllowed(Permission.SEE_APPLICATIONS)


def submission_with_digest(
    session: Session, actor: Actor, digest: str
) -> tuple[Submission, Participant] | None:
    """Return what was submitted with a digest, where the actor may see it."""
    query = (
        select(Submission, Participant)
        .join(Application, Submission.application_id == Application.id)
        .join(Participant, Application.participant_id == Participant.id)
        .where(
            Submission.digest == digest,
            within(Participant.path, actor, Permission.SEE_APPLICATIONS),
        )
        .options(selectinload(Participant.round))
    )
    found = session.execute(query).first()
    return (found[0], found[1]) if found else None


def has_answers_of_last_year(session: Session, participant: Participant) -> bool:
    """Return whether there is something to copy; see `last_years`."""
    return session.scalar(_ANSWERED, _before(participant)) is not None


def last_years(session: Session, participant: Participant) -> Application | None:
    """Return the application of the same organisation in the round before, with its answers."""
    query = _FORMER.options(selectinload(Application.answers))
    return session.scalars(query, _before(participant)).one_or_none()


def _before(participant: Participant) -> dict[str, int]:
    return {"organisation": participant.organisation_id, "year": participant.round.year}


def names_of(session: Session, account_ids: Collection[int | None]) -> Mapping[int, str]:
    """Return the names of accounts, for saying who wrote what."""
    wanted = {each for each in account_ids if each is not None}
    if not wanted:
        return {}
    query = select(Account.id, Account.name).where(Account.id.in_(wanted))
    return {row.id: row.name for row in session.execute(query)}
