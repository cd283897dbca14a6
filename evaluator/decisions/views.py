"""All pages of decisions; each module of them registers on the blueprint."""

from __future__ import annotations

from evaluator.access import Permission, current_actor
from evaluator.database import db
from evaluator.decisions import (
    board_views,
    candidate_views,
    finding_views,
    joint_views,
    minutes_views,
)
from evaluator.decisions.blueprint import blueprint
from evaluator.rule_sets.policy import may_everywhere

__all__ = ["blueprint"]
MODULES = (board_views, candidate_views, finding_views, joint_views, minutes_views)
"""The pages of the subject; importing them registers them."""


@blueprint.context_processor
def _sight() -> dict[str, object]:
    """Tell templates who sees the decisions of the whole district, and so the other pages."""

    def sees_all() -> bool:
        return may_everywhere(db.session, current_actor(), Permission.SEE_DECISIONS)

    return {"sees_all": sees_all}
