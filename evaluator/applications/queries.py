"""Reading applications, always within what the caller may see."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, lazyload, selectinload

from evaluator.access import Actor, NotAllowed, Permission, within
from evaluator.accounts.models import Account
from evaluator.applications.models import Answer, Application, Submission
from evaluator.rounds.models import Participant, Round


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
    load = joinedload(Participant.round).joinedload(Round.steps)
    found = session.get(Participant, participant_id, options=[load])
    if found is None or not actor.may(permission, found.path):
        raise NotAllowed(permission)
    return found


def application_of(session: Session, participant: Participant) -> Application | None:
    """Return the application of a participant; the caller has checked who may see it."""
    query = (
        select(Application)
        .where(Application.participant_id == participant.id)
        .options(lazyload(Application.participant))
    )
    return session.scalars(query).one_or_none()


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
    former = _last_years(participant).with_only_columns(Application.id).limit(1)
    query = select(Answer.id).where(Answer.application_id == former.scalar_subquery()).limit(1)
    return session.scalar(query) is not None


def last_years(session: Session, participant: Participant) -> Application | None:
    """Return the application of the same organisation in the round before, with its answers."""
    query = _last_years(participant).options(selectinload(Application.answers))
    return session.scalars(query.limit(1)).one_or_none()


def _last_years(participant: Participant) -> Select[Application]:
    return (
        select(Application)
        .join(Participant, Application.participant_id == Participant.id)
        .join(Round, Participant.round_id == Round.id)
        .where(
            Participant.organisation_id == participant.organisation_id,
            Round.year < participant.round.year,
        )
        .order_by(Round.year.desc(), Round.id.desc())
    )


def names_of(session: Session, account_ids: Collection[int | None]) -> Mapping[int, str]:
    """Return the names of accounts, for saying who wrote what."""
    wanted = {each for each in account_ids if each is not None}
    if not wanted:
        return {}
    query = select(Account.id, Account.name).where(Account.id.in_(wanted))
    return {row.id: row.name for row in session.execute(query)}
