"""Who may do what with decisions.

A quota counts everybody, so that only who decides over the whole district may decide at all. Who
sees decisions sees those of its own place. A deviation is proposed by one organiser and confirmed
by another one; nobody confirms what it proposed.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.applications.models import ApplicationState
from evaluator.database import now
from evaluator.decisions.models import Decision
from evaluator.rounds.models import Round, RoundState
from evaluator.rule_sets.policy import may_everywhere, require_everywhere

DECIDABLE = frozenset({ApplicationState.REVIEWED, ApplicationState.DEFENDED})
"""Where an application stands when it can be decided."""
UNREADY = frozenset(
    {ApplicationState.SUBMITTED, ApplicationState.RETURNED, ApplicationState.IN_DEFENCE}
)
"""Where an application still has to go through a step before."""


def require_deciding(session: Session, actor: Actor) -> None:
    """Raise NotAllowed for whoever may not decide over the whole district."""
    require_everywhere(session, actor, Permission.DECIDE)


def may_decide(session: Session, actor: Actor) -> bool:
    """Return whether an actor decides."""
    return may_everywhere(session, actor, Permission.DECIDE)


def require_seeing_all(session: Session, actor: Actor) -> None:
    """Raise NotAllowed for whoever does not see the decisions of the whole district."""
    require_everywhere(session, actor, Permission.SEE_DECISIONS)


def decides_now(made: Round) -> bool:
    """Return whether the round is at its decision; one without that step decides while open."""
    step = made.step("decision")
    return made.state is RoundState.OPEN and (step is None or step.is_open(now()))


def may_confirm(actor: Actor, decision: Decision) -> bool:
    """Return whether an actor is a second person for a proposal."""
    known = actor.account_id is not None and decision.proposed_by is not None
    return known and actor.account_id != decision.proposed_by
