"""Who may do what with an appraisal, and when."""

from __future__ import annotations

from flask_babel import gettext

from evaluator.access import Actor, Permission
from evaluator.appraisals.models import Appraisal, AppraisalState
from evaluator.rounds.models import Participant
from evaluator.rounds.queries import open_step
from evaluator.web.errors import Refusal

STEP = "appraisal"


def may_manage(actor: Actor, participant: Participant) -> bool:
    """Return whether an actor may run an appraisal now: its place, and the step is open."""
    allowed = actor.may(Permission.MANAGE_APPRAISALS, participant.path)
    return allowed and open_step(participant.round, STEP) is not None


def require_manage(actor: Actor, participant: Participant) -> None:
    """Raise NotAllowed at another place, and Refusal while the step is not open."""
    actor.require(Permission.MANAGE_APPRAISALS, participant.path)
    if open_step(participant.round, STEP) is None:
        raise Refusal(gettext("The democratic appraisal is not open now; see the calendar."))


def require_open(appraisal: Appraisal) -> None:
    """Raise Refusal where an appraisal is closed."""
    if appraisal.state is not AppraisalState.OPEN:
        raise Refusal(gettext("This appraisal is closed; its result stays as it is."))
