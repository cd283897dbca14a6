"""Anybody objects to a name on a notice, with files; so many per address, followed by a code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from flask_babel import lazy_gettext
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, NotAllowed, Role
from evaluator.accounts.throttling import network_of
from evaluator.applications.locking import hold
from evaluator.applications.procedure import Act, Need
from evaluator.applications.states import move
from evaluator.appraisals.codes import code_digest, new_code
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.evidence.checks.verdict import Checked
from evaluator.notices.models import (
    Attachment,
    Notice,
    NoticeEntry,
    Objection,
    ObjectionAttempt,
)
from evaluator.notices.queries import said, takes_objections
from evaluator.outbox.operations import write_to_role
from evaluator.storage import storage
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

WINDOW = timedelta(hours=1)
KEPT_FOR = timedelta(days=1)
PER_ADDRESS = 10
FOLDER = "objections"
PUBLIC = Actor(None, "公众")
"""Whoever objects, as the log knows them: without name and without address."""


@dataclass(frozen=True)
class Said:
    """What a person objects, and how they can be reached."""

    name: str
    contact: str
    text: str


def begin_attempt(session: Session, address: str) -> None:
    """Note that somebody sends an objection; raises Refusal where too many came from there."""
    network, moment = network_of(address), now()
    counted = select(func.count()).where(
        ObjectionAttempt.address == network, ObjectionAttempt.at > moment - WINDOW
    )
    if (session.scalar(counted) or 0) >= PER_ADDRESS:
        words = gettext(
            "Too many objections came from your network within an hour. Try again later, "
            "or use one of the other ways that the notice names."
        )
        raise Refusal(words, 429)
    session.execute(delete(ObjectionAttempt).where(ObjectionAttempt.at < moment - KEPT_FOR))
    session.add(ObjectionAttempt(at=moment, address=network))
    session.flush()


def find_entry(session: Session, notice: Notice, entry_id: int) -> NoticeEntry:
    """Return an entry to which one may object; raises NotAllowed where it is not on the notice."""
    found = session.get(NoticeEntry, entry_id)
    if found is None or found.notice_id != notice.id or found.withdrawn_at is not None:
        raise NotAllowed("no such entry")
    return found


def asks_name(notice: Notice, entry: NoticeEntry) -> bool:
    """Return whether the rule set wants objections to an entry under the person's real name."""
    content = said(notice)
    found = content.name(entry.id)
    return found is None or content.category_of(found).real_name


def require_taken(notice: Notice) -> None:
    """Raise Refusal where the notice takes no objections at this moment."""
    if not takes_objections(notice):
        raise Refusal(gettext("The notice is over; objections are not taken any more."))


def file_objection(
    session: Session,
    *,
    notice: Notice,
    entry: NoticeEntry,
    said_by: Said,
    files: Sequence[tuple[str, Checked]],
) -> str:
    """Keep an objection, and return the code by which the person follows it; kept as digest alone.

    Raises Refusal where the very same was sent before, such as by a page that was loaded again.
    """
    require_taken(notice)
    if asks_name(notice, entry) and not (said_by.name.strip() and said_by.contact.strip()):
        raise Refusal(gettext("Objections need your real name and a way to reach you."))
    hold(session, entry.participant)
    _require_new(session, entry, said_by)
    move(session, PUBLIC, participant=entry.participant, act=Act.OBJECT, met={Need.REAL_NAME})
    code = new_code()
    objection = Objection(
        entry=entry,
        name=said_by.name,
        contact=said_by.contact,
        text=said_by.text,
        code_digest=code_digest(code),
        filed_at=now(),
    )
    session.add(objection)
    for name, checked in files:
        _attach(session, objection, name, checked)
    session.flush()
    _tell(session, objection)
    return code


def _require_new(session: Session, entry: NoticeEntry, said_by: Said) -> None:
    same = select(func.count()).where(
        Objection.entry_id == entry.id,
        Objection.name == said_by.name,
        Objection.contact == said_by.contact,
        Objection.text == said_by.text,
    )
    if session.scalar(same):
        raise Refusal(
            gettext("This objection has come in already. Its code was shown with the receipt.")
        )


def _attach(session: Session, objection: Objection, name: str, checked: Checked) -> None:
    digest = sha256(checked.content).hexdigest()
    key = f"{FOLDER}/{digest[:2]}/{digest}"
    objection.attachments.append(
        Attachment(
            name=name,
            media_type=checked.media_type,
            size=len(checked.content),
            storage_key=key,
            digest=digest,
        )
    )
    session.flush()
    # The file is there before others can see its row, see `evaluator.evidence.lost_files`.
    storage().put(key, checked.content)


def _tell(session: Session, objection: Objection) -> None:
    """Write to the log and to the organisers; neither hears who it was, nor what was said."""
    participant = objection.entry.participant
    write_line(
        session,
        PUBLIC,
        action="objection.file",
        subject="objection",
        subject_id=objection.id,
        organisation_path=participant.path,
        after={"code": participant.code, "attachments": len(objection.attachments)},
    )
    write_to_role(
        session,
        PUBLIC,
        role=Role.ORGANISER,
        organisation_path=participant.path,
        about="objection.filed",
        title=lazy_gettext("An objection to %(name)s has come in", name=participant.name),
        text=lazy_gettext("Appoint those who handle it; nobody who judged the case may do so."),
        link=f"/objections/{objection.id}",
        hold=False,
        batch=f"objection-{objection.id}",
    )
