"""Submitting an application: its content, its PDF and its receipt are made in one go."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.applications.checklist import checklist
from evaluator.applications.content import Declaration, Evidence, content_of, digest_of
from evaluator.applications.draft import Draft
from evaluator.applications.locking import hold_or_begin
from evaluator.applications.messages import gettext
from evaluator.applications.models import Application, ApplicationState, Submission
from evaluator.applications.paper import Stamp, paper_of
from evaluator.applications.policy import is_with_the_branch
from evaluator.applications.ready import Ready
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.rounds.models import Participant
from evaluator.storage import storage
from evaluator.web.errors import Refusal
from reports.application import write_application

FOLDER = "submissions/"


def submit_application(
    session: Session,
    actor: Actor,
    *,
    participant: Participant,
    ready: Ready,
    declaration: Declaration,
    evidence: Evidence,
    language: str = "zh",
) -> Submission:
    """Submit an application; one that lies with the committee already is left as it is.

    Raises Refusal where something is missing, or where its time is over.
    """
    actor.require(Permission.SUBMIT_APPLICATIONS, participant.path)
    application = hold_or_begin(session, participant)
    if application.state in (ApplicationState.SUBMITTED, ApplicationState.REVIEWED):
        return latest(session, application)
    draft = _complete(session, participant, application, ready, language)
    moment, number = now(), _next_number(session, application)
    content = content_of(draft, declaration, evidence, number, moment)
    digest = digest_of(content)
    paper = paper_of(draft, declaration, evidence, Stamp(number, moment, digest), language)
    submission = Submission(
        application=application,
        number=number,
        at=moment,
        account_id=actor.account_id,
        secretary=declaration.secretary,
        content=content,
        digest=digest,
        pdf_key=f"{FOLDER}{digest}.pdf",
    )
    session.add(submission)
    _move_on(session, actor, application, submission, declaration)
    # The file is there before the row can be seen: a row without its file could never be mended.
    # A file without its row is removed at the start, see `evaluator.evidence.lost_files`.
    storage().put(submission.pdf_key, write_application(paper))
    return submission


def latest(session: Session, application: Application) -> Submission:
    """Return what was submitted last of an application that was submitted."""
    query = (
        select(Submission)
        .where(Submission.application_id == application.id)
        .order_by(Submission.number.desc())
    )
    return session.scalars(query.limit(1)).one()


def _complete(
    session: Session,
    participant: Participant,
    application: Application,
    ready: Ready,
    language: str,
) -> Draft:
    """Return the draft that is submitted; raises Refusal where it may not be."""
    if not is_with_the_branch(participant, application):
        raise Refusal(gettext("The time for submitting this application is over."))
    draft = Draft.of(session, participant, application, ready)
    missing = checklist(draft, language)
    if missing:
        words = gettext(
            "This application cannot be submitted yet: %(count)s facts are to be seen to, "
            "beginning with %(first)s. Go back to the check list.",
            count=len(missing),
            first=missing[0].label,
        )
        raise Refusal(words)
    return draft


def _next_number(session: Session, application: Application) -> int:
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
    before = {"state": application.state}
    application.state = ApplicationState.SUBMITTED
    application.submitted_at = application.changed_at = submission.at
    application.claimed_level = declaration.claimed_level
    session.flush()
    write_line(
        session,
        actor,
        action="application.submit",
        subject="application",
        subject_id=application.id,
        organisation_path=application.participant.path,
        before=before,
        after={
            "state": application.state,
            "number": submission.number,
            "digest": submission.digest,
            "secretary": submission.secretary,
            "claimed_level": declaration.claimed_level,
        },
    )
