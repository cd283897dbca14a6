"""Who may do what with awards.

Awards are made for a whole notice, by who awards over the whole district. Who sees awards sees
those of its own place. What takes a level away is proposed by one organiser and confirmed by
another one; until then nobody but those who see decisions hears of it.
"""

from __future__ import annotations

from evaluator.access import Actor, Permission
from evaluator.awards.models import Award, AwardChange
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

P = Permission


def may_change(actor: Actor, award: Award) -> bool:
    """Return whether an actor proposes and confirms what becomes of an award."""
    return actor.may(P.AWARD, award.participant.path)


def sees_proposals(actor: Actor, path: str) -> bool:
    """Return whether an actor is told of what is only proposed, or was withdrawn."""
    return actor.may(P.SEE_DECISIONS, path)


def is_pending(change: AwardChange) -> bool:
    """Return whether a change waits for a second person."""
    return change.confirmed_at is None and change.withdrawn_at is None


def may_confirm(actor: Actor, change: AwardChange) -> bool:
    """Return whether an actor is a second person for a proposal."""
    known = actor.account_id is not None and change.proposed_by is not None
    return known and actor.account_id != change.proposed_by


def require_pending(change: AwardChange) -> None:
    """Raise Refusal where a proposal has been confirmed or withdrawn."""
    if not is_pending(change):
        raise Refusal(gettext("This proposal has been confirmed or withdrawn already."))
