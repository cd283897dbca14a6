"""Reading evidence, always within what the caller may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from evaluator.access import Actor, NotAllowed, Permission, within
from evaluator.evidence.models import EvidenceFile, EvidenceLink, Upload
from evaluator.evidence.policy import require_read
from evaluator.rounds.models import Participant
from evaluator.rounds.queries import KeptByRuleSet
from evaluator.rule_sets.models import StoredRuleSet
from evaluator.rule_sets.reading import rule_set_of
from rules.lowering import indicators_of
from rules.syntax import Words


@dataclass(frozen=True)
class Usage:
    """How many files a participant has, how large together, and how many there ever were."""

    files: int
    size: int
    ever: int


@dataclass(frozen=True)
class Elsewhere:
    """Who else uploaded the same file: names within the reader's places, beyond them a count."""

    names: tuple[str, ...]
    others: int


# Every page of a self-assessment asks for them: put together once.
_FILES = (
    select(EvidenceFile)
    .outerjoin(EvidenceFile.links)
    .join(EvidenceFile.participant)
    .options(contains_eager(EvidenceFile.links), contains_eager(EvidenceFile.participant))
    .where(
        EvidenceFile.participant_id == bindparam("participant"), EvidenceFile.removed_at.is_(None)
    )
    .order_by(EvidenceFile.uploaded_at, EvidenceFile.id, EvidenceLink.id)
    .execution_options(populate_existing=True)
)


def files_of(session: Session, participant_id: int) -> Sequence[EvidenceFile]:
    """Return the files of a participant with what they prove, in one query.

    The caller has checked who may see them.
    """
    return session.scalars(_FILES, {"participant": participant_id}).unique().all()


def evidence_of(session: Session, participant_id: int) -> dict[str, list[EvidenceFile]]:
    """Return the files of a participant by the indicators that they prove, in one query.

    The caller has checked who may see them.
    """
    found: dict[str, list[EvidenceFile]] = defaultdict(list)
    for file in files_of(session, participant_id):
        for indicator in file.indicators:
            found[indicator].append(file)
    return dict(found)


def find_file(session: Session, actor: Actor, file_id: int) -> EvidenceFile:
    """Return a file; raises NotAllowed where it is not there for this actor."""
    found = session.get(EvidenceFile, file_id, options=[selectinload(EvidenceFile.links)])
    if found is None:
        raise NotAllowed("no such file")
    require_read(session, actor, found)
    return found


def find_upload(session: Session, actor: Actor, token: str) -> Upload:
    """Return an upload of the actor's own; raises NotAllowed where it is not there for them."""
    query = select(Upload).where(Upload.token == token).with_for_update(of=Upload)
    found = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None or found.account_id != actor.account_id:
        raise NotAllowed("no such upload")
    actor.require(Permission.FILL_APPLICATIONS, found.participant.path)
    return found


def usage_of(session: Session, participant_id: int) -> Usage:
    """Return how much a participant has uploaded."""
    there = EvidenceFile.removed_at.is_(None)
    query = select(
        func.count().filter(there), func.coalesce(func.sum(EvidenceFile.size).filter(there), 0),
        func.count(),
    ).where(EvidenceFile.participant_id == participant_id)  # fmt: skip
    files, size, ever = session.execute(query).one()
    return Usage(files, int(size), ever)


def indicator_titles(session: Session, participant: Participant) -> Mapping[str, Words]:
    """Return the titles of the indicators that files of a participant may prove."""
    return _TITLES.of(session, participant)


def _titles(stored: StoredRuleSet) -> Mapping[str, Words]:
    return {each.id: each.title for each in indicators_of(rule_set_of(stored))}


_TITLES = KeptByRuleSet(_titles)


def same_file_elsewhere(
    session: Session, actor: Actor, files: Collection[EvidenceFile]
) -> dict[int, Elsewhere]:
    """Return for files that another organisation used as well, in any round, who that was.

    For reviewers: whoever may not see the reviews of an organisation is not told, and of
    organisations outside of the reader's places only how many there are. One query for any
    number of files.
    """
    seen = [file for file in files if actor.may(Permission.SEE_REVIEWS, file.participant.path)]
    if not seen:
        return {}
    twins = _twins(session, actor, seen)
    found = {}
    for file in seen:
        others = {
            organisation: (name, inside)
            for stored, source, organisation, name, inside in twins
            if organisation != file.participant.organisation_id
            and (stored == file.sha256 or source == file.source_sha256)
        }
        if others:
            names = sorted(name for name, inside in others.values() if inside)
            found[file.id] = Elsewhere(tuple(names), len(others) - len(names))
    return found


def _twins(
    session: Session, actor: Actor, files: Collection[EvidenceFile]
) -> Sequence[tuple[str, str, int, str, bool]]:
    """Return digests, organisation, name and whether the actor reviews there, of equal files."""
    inside = within(Participant.path, actor, Permission.SEE_REVIEWS)
    query = (
        select(
            EvidenceFile.sha256,
            EvidenceFile.source_sha256,
            Participant.organisation_id,
            Participant.name,
            inside,
        )
        .join(EvidenceFile.participant)
        .where(
            and_(
                EvidenceFile.removed_at.is_(None),
                or_(
                    EvidenceFile.sha256.in_({file.sha256 for file in files}),
                    EvidenceFile.source_sha256.in_({file.source_sha256 for file in files}),
                ),
            )
        )
        .order_by(Participant.round_id, Participant.id)
    )
    return [tuple(row) for row in session.execute(query)]  # type: ignore[misc]
