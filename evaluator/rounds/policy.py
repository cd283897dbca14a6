"""Who may do what with rounds.

A round binds the whole district, so that only who manages rounds at its root may plan, open and
close one. A round that is still being planned is seen by them and by supervisors alone.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.rounds.models import Round, RoundState
from evaluator.rule_sets.policy import may_everywhere, require_everywhere


def require_manager(session: Session, actor: Actor) -> None:
    """Raise NotAllowed for whoever may not manage rounds over the whole district."""
    require_everywhere(session, actor, Permission.MANAGE_ROUNDS)


def manages_rounds(session: Session, actor: Actor) -> bool:
    """Return whether an actor may plan, open and close rounds."""
    return may_everywhere(session, actor, Permission.MANAGE_ROUNDS)


def sees_planned_rounds(session: Session, actor: Actor) -> bool:
    """Return whether an actor sees rounds before they are opened."""
    return manages_rounds(session, actor) or actor.may(Permission.READ_AUDIT)


def may_see(session: Session, actor: Actor, made: Round) -> bool:
    """Return whether a round is there for an actor."""
    return actor.may(Permission.SEE_ROUNDS) and (
        made.state is not RoundState.PLANNED or sees_planned_rounds(session, actor)
    )
