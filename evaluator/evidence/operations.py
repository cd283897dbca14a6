"""What happens to evidence: files are added, prove indicators, get their date, are removed."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext, to_user_timezone
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import Actor, NotAllowed
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.evidence.checks.verdict import Checked
from evaluator.evidence.limits import EVER, limits
from evaluator.evidence.models import EvidenceFile, EvidenceLink, Upload
from evaluator.evidence.names import typed_name
from evaluator.evidence.policy import require_change
from evaluator.evidence.queries import indicator_titles, usage_of
from evaluator.evidence.words import size_words
from evaluator.rounds.models import Participant, Round
from evaluator.web.errors import Refusal


def storage_key(digest: str) -> str:
    """Return the key of content in the storage by its SHA-256: equal files are kept once."""
    return f"evidence/{digest[:2]}/{digest}"


def add_file(
    session: Session, actor: Actor, *, upload: Upload, checked: Checked, source_sha256: str
) -> EvidenceFile:
    """Make a file of an upload whose checked content is stored; the same file twice is one."""
    if upload.file_id is not None:
        return session.get_one(EvidenceFile, upload.file_id)
    participant = _locked(session, upload.participant)
    require_change(session, actor, participant)
    file = _same(session, participant, source_sha256)
    if file is None:
        check_room(session, participant, len(checked.content))
        file = _new_file(actor, upload, checked, source_sha256)
        session.add(file)
        session.flush()
        _write(session, actor, "evidence.add", file, after=_told(file))
    if upload.indicator:
        _link(session, actor, file, upload.indicator)
    upload.file_id = file.id
    return file


def check_room(session: Session, participant: Participant, size: int) -> None:
    """Raise Refusal where a participant has no room for a further file of a size."""
    most, used = limits(), usage_of(session, participant.id)
    if used.files >= most.files or used.ever >= most.files * EVER:
        raise Refusal(
            gettext(
                "There are %(count)d files already, which is the most. "
                "Remove one that is not needed, or put several pages into one PDF.",
                count=most.files,
            )
        )
    if used.size + size > most.total_bytes:
        raise Refusal(
            gettext(
                "All files together may have %(most)s. "
                "Remove one that is not needed, or upload a smaller file.",
                most=size_words(most.total_bytes),
            )
        )


def check_size(name: str, size: int) -> None:
    """Raise Refusal where a file is too large by itself."""
    most = limits().file_bytes
    if size > most:
        raise Refusal(
            gettext(
                "%(name)s is too large: a file may have %(most)s. "
                "Save it in a smaller size or in several parts.",
                name=name,
                most=size_words(most),
            )
        )


def link(session: Session, actor: Actor, *, file: EvidenceFile, indicator: str) -> None:
    """Let a file prove an indicator; where it does so already nothing happens."""
    _require_there(session, actor, file)
    _link(session, actor, file, indicator)


def _link(session: Session, actor: Actor, file: EvidenceFile, indicator: str) -> None:
    if indicator not in indicator_titles(session, file.participant):
        raise NotAllowed("no such indicator")
    if indicator not in file.indicators:
        file.links.append(EvidenceLink(indicator=indicator))
        session.flush()
        _write(session, actor, "evidence.link", file, after={"indicator": indicator})


def unlink(session: Session, actor: Actor, *, file: EvidenceFile, indicator: str) -> None:
    """Let a file no longer prove an indicator."""
    _require_there(session, actor, file)
    found = next((each for each in file.links if each.indicator == indicator), None)
    if found is not None:
        file.links.remove(found)
        session.flush()
        _write(session, actor, "evidence.unlink", file, before={"indicator": indicator})


def set_evidence_date(
    session: Session, actor: Actor, *, file: EvidenceFile, version: int, day: date | None
) -> None:
    """Set when what a file shows took place; refused where somebody else changed it meanwhile."""
    _require_there(session, actor, file)
    if file.version != version:
        raise StaleDataError("the file was changed since it was read")
    if day is not None and day > to_user_timezone(now()).date():
        raise Refusal(gettext("The date of the evidence lies in the future."))
    before, file.evidence_date = file.evidence_date, day
    if before != day:
        session.flush()
        was, became = {"evidence_date": before}, {"evidence_date": day}
        _write(session, actor, "evidence.date", file, before=was, after=became)


def remove_file(session: Session, actor: Actor, *, file: EvidenceFile) -> None:
    """Remove a file; its content stays for those who read a submission that names it."""
    _require_there(session, actor, file)
    file.removed_at = now()
    session.flush()
    _write(session, actor, "evidence.remove", file, before=_told(file))


def _require_there(session: Session, actor: Actor, file: EvidenceFile) -> None:
    require_change(session, actor, _locked(session, file.participant))
    if file.removed_at is not None:
        raise NotAllowed("a removed file")


def _locked(session: Session, participant: Participant) -> Participant:
    """Return a participant, so locked that no two files fill the last place.

    Submitting takes the same lock: a file is changed before or after it, and not meanwhile.
    """
    query = (
        select(Participant)
        .where(Participant.id == participant.id)
        .with_for_update(key_share=True, of=Participant)
        .options(joinedload(Participant.round).joinedload(Round.steps))
    )
    return session.scalars(query).unique().one()


def _same(session: Session, participant: Participant, digest: str) -> EvidenceFile | None:
    query = select(EvidenceFile).where(
        EvidenceFile.participant_id == participant.id,
        EvidenceFile.source_sha256 == digest,
        EvidenceFile.removed_at.is_(None),
    )
    return session.scalars(query).one_or_none()


def _new_file(actor: Actor, upload: Upload, checked: Checked, digest: str) -> EvidenceFile:
    return EvidenceFile(
        participant=upload.participant,
        name=typed_name(upload.name, checked.media_type),
        media_type=checked.media_type,
        size=len(checked.content),
        sha256=checked.sha256,
        source_sha256=digest,
        storage_key=storage_key(checked.sha256),
        evidence_date=checked.taken_on,
        uploaded_at=now(),
        account_id=actor.account_id,
        taken_out=[each.value for each in checked.removed],
        links=[],
    )


def _told(file: EvidenceFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "sha256": file.sha256,
        "size": file.size,
        "taken_out": file.taken_out,
        "indicators": list(file.indicators),
    }


def _write(session: Session, actor: Actor, action: str, file: EvidenceFile, **values: Any) -> None:
    write_line(
        session,
        actor,
        action=action,
        subject="evidence_file",
        subject_id=file.id,
        organisation_path=file.participant.path,
        **values,
    )
