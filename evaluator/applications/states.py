"""An application on its way between the branch and its committee."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.applications.locking import hold
from evaluator.applications.messages import gettext
from evaluator.applications.models import Application, ApplicationState
from evaluator.audit.operations import write_line
from evaluator.rounds.models import Participant
from evaluator.web.errors import Refusal

S = ApplicationState


def return_application(
    session: Session, actor: Actor, *, participant: Participant, reason: str
) -> Application:
    """Give an application back to its branch to be mended; `reason` says what."""
    return _move(session, actor, participant, S.RETURNED, {S.SUBMITTED}, reason)


def mark_reviewed(
    session: Session, actor: Actor, *, participant: Participant, reason: str = ""
) -> Application:
    """Note that the committee is through with an application."""
    return _move(session, actor, participant, S.REVIEWED, {S.SUBMITTED}, reason)


def reopen_review(
    session: Session, actor: Actor, *, participant: Participant, reason: str
) -> Application:
    """Let the committee go on with an application that it was through with."""
    return _move(session, actor, participant, S.SUBMITTED, {S.REVIEWED}, reason)


def _move(
    session: Session,
    actor: Actor,
    participant: Participant,
    state: ApplicationState,
    allowed: Collection[ApplicationState],
    reason: str,
) -> Application:
    actor.require(Permission.REVIEW_APPLICATIONS, participant.path)
    application = hold(session, participant)
    if application is None or application.state not in allowed:
        raise Refusal(gettext("The application does not lie with the committee now."))
    before = {"state": application.state}
    application.state = state
    session.flush()
    write_line(
        session,
        actor,
        action=f"application.{state.value}",
        subject="application",
        subject_id=application.id,
        organisation_path=participant.path,
        before=before,
        after={"state": state},
        reason=reason,
    )
    return application
