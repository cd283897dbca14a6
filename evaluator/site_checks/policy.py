"""Who may do what with site checks, and when."""

from __future__ import annotations

from flask_babel import gettext

from evaluator.access import Actor, Permission
from evaluator.rounds.models import Participant, Round
from evaluator.rounds.queries import open_step
from evaluator.site_checks.models import SiteCheck, SiteCheckState
from evaluator.web.errors import Refusal

STEP = "site_check"


def may_check(actor: Actor, participant: Participant) -> bool:
    """Return whether an actor may write a check now: at its place, while the step is open."""
    allowed = actor.may(Permission.CHECK_SITES, participant.path)
    return allowed and open_step(participant.round, STEP) is not None


def require_check(actor: Actor, participant: Participant) -> None:
    """Raise NotAllowed at another place, and Refusal while the step is not open."""
    actor.require(Permission.CHECK_SITES, participant.path)
    require_step(participant.round)


def require_step(made: Round) -> None:
    """Raise Refusal while the step of site checks is not open."""
    if open_step(made, STEP) is None:
        raise Refusal(gettext("Site checks are not open now; see the calendar."))


def require_planned(check: SiteCheck) -> None:
    """Raise Refusal where a check is finished."""
    if check.state is not SiteCheckState.PLANNED:
        raise Refusal(gettext("This site check is finished; what it found stays as it is."))
