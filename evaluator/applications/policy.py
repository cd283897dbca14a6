"""Who may do what with an application, as sentences."""

from __future__ import annotations

from datetime import datetime

from evaluator.access import Actor, Permission
from evaluator.applications.models import Application, ApplicationState
from evaluator.database import now
from evaluator.rounds.models import Participant, RoundState
from evaluator.rounds.queries import open_step


def may_edit(
    actor: Actor,
    participant: Participant,
    application: Application | None,
    at: datetime | None = None,
) -> bool:
    """Return whether answers may be changed: by its officers, in time, as long as it is theirs."""
    return actor.may(Permission.FILL_APPLICATIONS, participant.path) and is_with_the_branch(
        participant, application, at
    )


def may_submit(
    actor: Actor,
    participant: Participant,
    application: Application | None,
    at: datetime | None = None,
) -> bool:
    """Return whether an application may be submitted by this actor now."""
    return actor.may(Permission.SUBMIT_APPLICATIONS, participant.path) and is_with_the_branch(
        participant, application, at
    )


def is_with_the_branch(
    participant: Participant, application: Application | None, at: datetime | None = None
) -> bool:
    """Return whether an application lies with the branch, and its time has not run out.

    A draft may be filled while the self-assessment runs; one that was returned may be mended until
    the committee review closes.
    """
    ends = ends_at(participant, application)
    return ends is not None and (at or now()) < ends


def ends_at(participant: Participant, application: Application | None) -> datetime | None:
    """Return until when an application may be changed, None where it may not be."""
    made = participant.round
    state = application.state if application else ApplicationState.DRAFT
    if state is ApplicationState.DRAFT:
        step = open_step(made, "self_assessment")
        return step.closes_at if step else None
    if state is ApplicationState.RETURNED and made.state is RoundState.OPEN:
        step = made.step("committee_review") or made.step("self_assessment")
        return step.closes_at if step else None
    return None
