"""Who may do what with panels.

Panels hear cases of the whole district, so that only who manages them at its root may compose
them. Who sees panels there sees all about them. A panellist sees the cases on which it sits, and
never one that a conflict keeps from it; `queries.visible_cases` says so to every page.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.panels.models import Draw, Seat
from evaluator.rounds.models import Round, RoundState
from evaluator.rule_sets.policy import may_everywhere, require_everywhere
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext


def require_manager(session: Session, actor: Actor) -> None:
    """Raise NotAllowed for whoever may not compose panels."""
    require_everywhere(session, actor, Permission.MANAGE_PANELS)


def require_reader(session: Session, actor: Actor) -> None:
    """Raise NotAllowed for whoever may not see all about panels."""
    require_everywhere(session, actor, Permission.SEE_PANELS)


def manages(session: Session, actor: Actor) -> bool:
    """Return whether an actor composes panels."""
    return may_everywhere(session, actor, Permission.MANAGE_PANELS)


def require_open(made: Round) -> None:
    """Raise Refusal where a round is not open."""
    if made.state is not RoundState.OPEN:
        raise Refusal(gettext("The round is not open; its panels stay as they are."))


def stays(seat: Seat) -> bool:
    """Return whether no assignment may take a seat away: set by hand, begun, or recused."""
    return seat.is_fixed or seat.judging_since is not None or seat.recused_at is not None


def is_drawn(draw: Draw) -> bool:
    """Return whether the seed of a lot is public."""
    return draw.drawn_at is not None
