"""Reading the registry, always within what the caller may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from evaluator.access import Actor, NotAllowed, Permission, within
from evaluator.awards.models import Award
from evaluator.certificates.models import Batch, Certificate, CertificateState, PrintFile, PrintRun
from evaluator.certificates.policy import manages
from evaluator.certificates.proposal_models import CertificateProposal
from evaluator.certificates.standing import out_of_line, standing_of, stands_as
from evaluator.credentials.serials import normal
from evaluator.database import now
from evaluator.notices.calendar import day_of
from evaluator.rounds.models import Participant, Round

P = Permission
TOLD_FOR = timedelta(days=90)
"""So long a branch sees on its start page that a certificate holds no more."""


@dataclass(frozen=True)
class Wanted:
    """Which certificates are asked for."""

    words: str = ""
    category: str = ""
    level: str = ""
    committee: int | None = None
    batch: int | None = None
    state: CertificateState | None = None
    lowered: bool = False
    proposed: bool = False


def visible_certificates(actor: Actor) -> Select[Certificate]:
    """Return the query of the certificates within an actor's place, with what a list shows."""
    return (
        select(Certificate)
        .join(Award, Award.id == Certificate.award_id)
        .join(Participant, Participant.id == Award.participant_id)
        .where(within(Participant.path, actor, P.SEE_AWARDS))
        .options(*with_award())
    )


def with_award() -> Sequence[ExecutableOption]:
    """Return what is loaded of a certificate so that it is known how it stands."""
    return (
        joinedload(Certificate.award).options(
            joinedload(Award.participant).joinedload(Participant.round),
            selectinload(Award.changes),
        ),
        selectinload(Certificate.events),
    )


def wanted_certificates(actor: Actor, wanted: Wanted) -> Select[Certificate]:
    """Return the query of the certificates that are asked for, the newest batch first."""
    query = visible_certificates(actor)
    if wanted.words:
        query = query.where(_says(wanted.words))
    for column, value in (
        (Participant.category, wanted.category),
        (Certificate.level, wanted.level),
        (Participant.committee_id, wanted.committee),
        (Certificate.batch_id, wanted.batch),
    ):
        if value not in ("", None):
            query = query.where(column == value)
    if wanted.state is not None:
        query = query.where(stands_as(wanted.state))
    if wanted.lowered:
        query = query.where(lowered())
    if wanted.proposed:
        query = query.where(proposed_to(actor))
    return query.order_by(Certificate.batch_id.desc(), Certificate.position)


def _says(words: str) -> ColumnElement[bool]:
    """Return the condition that name, code or the beginning of the serial has some words."""
    found = [
        column.icontains(words, autoescape=True) for column in (Certificate.name, Participant.code)
    ]
    if serial := normal(words).replace("-", ""):
        plain = func.replace(Certificate.serial, "-", "")
        found.append(plain.startswith(serial, autoescape=True))
    return or_(*found)


def own_certificates(session: Session, actor: Actor, most: int) -> list[Certificate]:
    """Return the certificates of the branches that an actor applies for, the newest of each award.

    One that holds no more is shown for a while, so that its branch is told.
    """
    successor = aliased(Certificate)
    query = (
        visible_certificates(actor)
        .where(
            within(Participant.path, actor, P.FILL_APPLICATIONS),
            ~exists().where(successor.replaces_id == Certificate.id),
        )
        .order_by(Certificate.id.desc())
        .limit(most)
    )
    found = [(each, standing_of(each)) for each in session.scalars(query).unique()]
    told_since = day_of(now()) - TOLD_FOR
    return [each for each, how in found if how.is_valid or how.since >= told_since]


def find_certificate(
    session: Session, actor: Actor, permission: Permission, certificate_id: int
) -> Certificate:
    """Return a certificate; raises NotAllowed where it is not there for this actor."""
    query = visible_certificates(actor).where(Certificate.id == certificate_id)
    found = session.scalars(query).unique().one_or_none()
    if found is None or not actor.may(permission, found.participant.path):
        raise NotAllowed(permission)
    return found


def certificates_of(session: Session, actor: Actor, award_id: int) -> list[Certificate]:
    """Return the certificates of an award, the newest first."""
    query = visible_certificates(actor).where(Certificate.award_id == award_id)
    return list(session.scalars(query.order_by(Certificate.id.desc())).unique())


def committees(session: Session, actor: Actor) -> list[tuple[int, str]]:
    """Return the committees of whose branches an actor sees certificates, in their order."""
    query = (
        select(Participant.committee_id, Participant.committee)
        .join(Award, Award.participant_id == Participant.id)
        .join(Certificate, Certificate.award_id == Award.id)
        .where(within(Participant.path, actor, P.SEE_AWARDS))
        .distinct()
        .order_by(Participant.committee, Participant.committee_id)
    )
    return [(number, name) for number, name in session.execute(query)]


def batches() -> Select[Batch]:
    """Return the query of the batches, the newest first."""
    return select(Batch).order_by(Batch.id.desc())


def find_batch(session: Session, actor: Actor, batch_id: int) -> Batch:
    """Return a batch for those who issue certificates of the whole district."""
    found = session.get(
        Batch, batch_id, options=[selectinload(Batch.prints).selectinload(PrintRun.files)]
    )
    if found is None or not manages(session, actor):
        raise NotAllowed(P.AWARD)
    return found


def find_run(batch: Batch, template: str) -> PrintRun:
    """Return the print run of a batch by a template; raises NotAllowed where it has none such."""
    found = next((each for each in batch.prints if each.template == template), None)
    if found is None:
        raise NotAllowed("no such print run")
    return found


def find_file(run: PrintRun, name: str) -> PrintFile:
    """Return a finished document of a print run; raises NotAllowed where it has none such."""
    found = next((each for each in run.files if each.name == name), None)
    if found is None:
        raise NotAllowed("no such file")
    return found


def certificates_in(
    session: Session,
    batch_id: int,
    *,
    committee: int | None = None,
    positions: range | None = None,
) -> list[Certificate]:
    """Return certificates of a batch as they are printed, in their order: all, or a part of them.

    What became of them since is not read: it is not printed.
    """
    query = (
        select(Certificate)
        .where(Certificate.batch_id == batch_id)
        .options(joinedload(Certificate.award))
        .order_by(Certificate.position)
    )
    if committee is not None:
        mine = select(Award.id).join(Participant).where(Participant.committee_id == committee)
        query = query.where(Certificate.award_id.in_(mine))
    if positions is not None:
        query = query.where(
            Certificate.position >= positions.start, Certificate.position < positions.stop
        )
    return list(session.scalars(query).unique())


def committees_in(session: Session, batch_id: int) -> list[int]:
    """Return the numbers of the committees of a batch, in the order of printing."""
    query = (
        select(Participant.committee_id)
        .join(Award, Award.participant_id == Participant.id)
        .join(Certificate, Certificate.award_id == Award.id)
        .where(Certificate.batch_id == batch_id)
        .group_by(Participant.committee_id)
        .order_by(func.min(Certificate.position))
    )
    return list(session.scalars(query))


def rounds_with_awards(session: Session) -> list[Round]:
    """Return the rounds that awarded somebody, the newest first."""
    query = (
        select(Round)
        .where(Round.id.in_(select(Participant.round_id).join(Award)))
        .order_by(Round.year.desc(), Round.id.desc())
    )
    return list(session.scalars(query))


def lowered() -> ColumnElement[bool]:
    """Return the condition that an organisation was put down and needs another certificate.

    The query has the award.
    """
    successor = aliased(Certificate)
    return and_(
        Award.level != "",
        Award.level != Certificate.level,
        ~exists().where(successor.replaces_id == Certificate.id),
    )


def proposed_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a proposal waits for a second person, for those who are told."""
    waits = exists().where(
        CertificateProposal.certificate_id == Certificate.id,
        CertificateProposal.confirmed_at.is_(None),
        CertificateProposal.withdrawn_at.is_(None),
    )
    return and_(within(Participant.path, actor, P.SEE_DECISIONS), waits)


def to_replace(session: Session) -> int:
    """Return how many certificates say more than their organisations hold now."""
    query = select(func.count(Certificate.id)).join(Award, Award.id == Certificate.award_id)
    return session.scalar(query.where(lowered())) or 0


def not_in_line(session: Session) -> list[Certificate]:
    """Return the certificates of which the registry has to note something still."""
    query = (
        select(Certificate)
        .join(Award, Award.id == Certificate.award_id)
        .where(out_of_line())
        .options(*with_award())
        .order_by(Certificate.id)
    )
    return list(session.scalars(query).unique())


def ending(session: Session, within_days: timedelta) -> list[Certificate]:
    """Return the certificates in force that end so soon, and whose branches do not know yet."""
    today = day_of(now())
    query = (
        select(Certificate)
        .join(Award, Award.id == Certificate.award_id)
        .where(
            stands_as(CertificateState.ISSUED),
            Certificate.valid_until <= today + within_days,
            Certificate.reminded_at.is_(None),
        )
        .options(*with_award())
        .order_by(Certificate.id)
    )
    return list(session.scalars(query).unique())
