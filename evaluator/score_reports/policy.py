"""Who sees which score report, and what of a decision it tells.

A report is there from the moment the committee has finished its review. A level that was decided
is told to whoever sees decisions; to all others from the public notice on, so that no report gets
ahead of it. What is left without a level is on no notice, and is told as soon as it is closed.
"""

from __future__ import annotations

from evaluator.access import Actor, Permission
from evaluator.applications.models import ApplicationState
from evaluator.applications.procedure import REVIEWED_OR_LATER
from evaluator.decisions.models import Decision

S = ApplicationState
TOLD = REVIEWED_OR_LATER
"""States in which a report is there."""
DECIDED = frozenset({S.DECIDED, S.UNRATED, S.ON_NOTICE, S.OBJECTED, S.AWARDED})
PUBLISHED = DECIDED - {S.DECIDED}
FEWEST = 5
"""Of fewer organisations than these no median is shown, and no group is broken down."""


def holds(decision: Decision | None, state: ApplicationState) -> bool:
    """Return whether a decision stands; one that was taken back is none."""
    return decision is not None and decision.is_final and state in DECIDED


def is_told(actor: Actor, path: str, state: ApplicationState) -> bool:
    """Return whether somebody is told the level that was decided for an organisation."""
    return state in PUBLISHED or actor.may(Permission.SEE_DECISIONS, path)
