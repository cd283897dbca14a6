"""Submitting an application: its content, its PDF and its receipt are made in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.applications.checklist import checklist
from evaluator.applications.content import Declaration, Evidence, content_of, digest_of
from evaluator.applications.draft import Draft
from evaluator.applications.drawing import draw_apart
from evaluator.applications.locking import hold_or_begin
from evaluator.applications.models import Application, ApplicationState, Submission
from evaluator.applications.paper import Stamp, paper_of
from evaluator.applications.policy import is_with_the_branch
from evaluator.applications.procedure import REVIEWED_OR_LATER, Act, Need
from evaluator.applications.proofs import evidence_named
from evaluator.applications.queries import application_of
from evaluator.applications.ready import Ready
from evaluator.applications.states import move_held
from evaluator.database import now
from evaluator.rounds.models import Participant
from evaluator.storage import storage
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

FOLDER = "submissions/"
Basis = tuple[Any, ...]


@dataclass(frozen=True)
class Filing:
    """What is submitted in one go: the draft, what is declared, and the files that prove it."""

    draft: Draft
    declaration: Declaration
    evidence: Evidence
    number: int
    at: datetime
    language: str

    @cached_property
    def content(self) -> str:
        """Return it as canonical JSON."""
        return content_of(self.draft, self.declaration, self.evidence, self.number, self.at)

    @cached_property
    def digest(self) -> str:
        """Return the digest that stands on the receipt."""
        return digest_of(self.content)

    @cached_property
    def basis(self) -> Basis:
        """Return what it rests on: the content, the points and what is missing follow from it."""
        sheet = self.draft.sheet
        known = {name: (each.value, each.source, each.as_of) for name, each in sheet.known.items()}
        said = {name: (each.id, each.version) for name, each in sheet.answers.items()}
        return known, said, self.evidence, self.number

    def check(self) -> None:
        """Raise Refusal where something is missing."""
        missing = checklist(self.draft, self.language)
        if missing:
            words = gettext(
                "This application cannot be submitted yet: %(count)s facts are to be seen to, "
                "beginning with %(first)s. Go back to the check list.",
                count=len(missing),
                first=missing[0].label,
            )
            raise Refusal(words)

    def pdf(self) -> bytes:
        """Return it as it is printed."""
        stamp = Stamp(self.number, self.at, self.digest)
        paper = paper_of(self.draft, self.declaration, self.evidence, stamp, self.language)
        return draw_apart(paper)


def submit_application(
    session: Session,
    actor: Actor,
    *,
    participant: Participant,
    ready: Ready,
    declaration: Declaration,
    language: str = "zh",
) -> Submission:
    """Submit an application; one that lies with the committee already is left as it is.

    Raises Refusal where something is missing, or where its time is over. The PDF is drawn before
    the application is held, as it takes longer than all the rest; where somebody changed anything
    in that moment, it is checked and drawn anew.
    """
    actor.require(Permission.SUBMIT_APPLICATIONS, participant.path)
    filed_at = now()

    def filing(read: Session, application: Application | None) -> Filing:
        _require_open(participant, application)
        draft = Draft.of(read, participant, application, ready)
        evidence, number = evidence_named(read, participant), _next_number(read, application)
        return Filing(draft, declaration, evidence, number, filed_at, language)

    # What is read apart is not kept: it is read once more when nobody can change it.
    drawn, seen, pdf = None, None, b""
    with Session(session.connection()) as apart:
        before = application_of(apart, participant)
        if not _lies_with_the_committee(before):
            drawn = filing(apart, before)
            drawn.check()
            seen = drawn.basis
    if drawn:
        pdf = drawn.pdf()
    application = hold_or_begin(session, participant)
    if _lies_with_the_committee(application):
        return latest(session, application)
    held = filing(session, application)
    if drawn is None or seen != held.basis:
        held.check()
        drawn, pdf = held, held.pdf()
    return _keep(session, actor, application, drawn, pdf)


def _lies_with_the_committee(application: Application | None) -> bool:
    states = REVIEWED_OR_LATER | {ApplicationState.SUBMITTED}
    return application is not None and application.state in states


def _keep(
    session: Session, actor: Actor, application: Application, filing: Filing, pdf: bytes
) -> Submission:
    submission = Submission(
        application=application,
        number=filing.number,
        at=filing.at,
        account_id=actor.account_id,
        secretary=filing.declaration.secretary,
        content=filing.content,
        digest=filing.digest,
        pdf_key=f"{FOLDER}{filing.digest}.pdf",
    )
    session.add(submission)
    _move_on(session, actor, application, submission, filing.declaration)
    # The file is there before the row can be seen: a row without its file could never be mended.
    # A file without its row is set aside at the start, see `evaluator.evidence.lost_files`.
    storage().put(submission.pdf_key, pdf)
    return submission


def latest(session: Session, application: Application) -> Submission:
    """Return what was submitted last of an application that was submitted."""
    query = (
        select(Submission)
        .where(Submission.application_id == application.id)
        .order_by(Submission.number.desc())
    )
    return session.scalars(query.limit(1)).one()


def _require_open(participant: Participant, application: Application | None) -> None:
    if not is_with_the_branch(participant, application):
        raise Refusal(gettext("The time for submitting this application is over."))


def _next_number(session: Session, application: Application | None) -> int:
    if application is None:
        return 1
    query = select(func.max(Submission.number)).where(Submission.application_id == application.id)
    return (session.scalar(query) or 0) + 1


def _move_on(
    session: Session,
    actor: Actor,
    application: Application,
    submission: Submission,
    declaration: Declaration,
) -> None:
    """Let the application lie with the committee, and write it down."""
    application.submitted_at = application.changed_at = submission.at
    application.claimed_level = declaration.claimed_level
    move_held(
        session,
        actor,
        application=application,
        act=Act.SUBMIT,
        met={Need.COMPLETE, Need.DECLARATION},
        more={
            "number": submission.number,
            "digest": submission.digest,
            "secretary": submission.secretary,
            "claimed_level": declaration.claimed_level,
        },
    )
