"""Who may review, recommend and reply, and when; as sentences."""

from __future__ import annotations

from collections.abc import Iterable

from evaluator.access import Actor, Permission, Role
from evaluator.applications.models import Application, ApplicationState
from evaluator.applications.procedure import REVIEWED_OR_LATER
from evaluator.rounds.models import Participant, Round
from evaluator.rounds.queries import open_step
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

STEP = "committee_review"
DECIDABLE = frozenset({ApplicationState.SUBMITTED, ApplicationState.REVIEWED})
"""States in which values may be decided; a finished review still takes in what a reply says."""
TOLD = REVIEWED_OR_LATER | {ApplicationState.RETURNED}
"""States in which the branch is told what the review changed."""


def answers_for(actor: Actor, path: str) -> bool:
    """Return whether somebody is an officer of the branch at a place.

    The platform itself, which holds every role, answers for no branch.
    """
    return actor.account_id is not None and any(
        grant.role is Role.BRANCH_OFFICER and path.startswith(grant.path) for grant in actor.grants
    )


def is_partial(actor: Actor, application: Application) -> bool:
    """Return whether somebody may not review an application because it is their own work."""
    return answers_for(actor, application.participant.path) or any(
        actor.account_id is not None and each.account_id == actor.account_id
        for each in application.submissions
    )


def why_not_review(actor: Actor, application: Application) -> str:
    """Return in words why somebody may not decide on an application now; empty where they may."""
    if not actor.may(Permission.REVIEW_APPLICATIONS, application.participant.path):
        return gettext("You may read this review; deciding is up to the committee's reviewers.")
    if is_partial(actor, application):
        return gettext("You answer for this branch yourself; a colleague has to review it.")
    if application.state is ApplicationState.RETURNED:
        return gettext("The branch is mending its application; go on when it has submitted again.")
    if application.state not in DECIDABLE:
        return gettext("This application is not submitted.")
    return why_closed(application.participant.round)


def why_closed(made: Round) -> str:
    """Return in words why nothing can be reviewed now; empty where the step is open."""
    if open_step(made, STEP) is None:
        return gettext("The committee review is not open now; its dates stand in the calendar.")
    return ""


def may_review(actor: Actor, application: Application) -> None:
    """Refuse, in words, whoever may not decide on an application now."""
    actor.require(Permission.REVIEW_APPLICATIONS, application.participant.path)
    words = why_not_review(actor, application)
    if words:
        raise Refusal(words)


def why_not_recommend(
    actor: Actor, place: str, made: Round, candidates: Iterable[Participant]
) -> str:
    """Return in words why somebody may not order a committee's list; empty where they may."""
    if not actor.may(Permission.RECOMMEND, place):
        return gettext("You may read this list; ordering it is up to the committee's reviewers.")
    if any(answers_for(actor, each.path) for each in candidates):
        return gettext("You answer for a branch of this list; a colleague has to order it.")
    return why_closed(made)


def why_not_reply(actor: Actor, application: Application) -> str:
    """Return in words why a branch cannot reply to its review now; empty where it can."""
    if not actor.may(Permission.REPLY_TO_REVIEWS, application.participant.path):
        return gettext("Replying is up to the officers of the branch.")
    if application.state not in TOLD:
        return gettext("The committee has not ended its review; you can reply when it has.")
    return why_closed(application.participant.round)
