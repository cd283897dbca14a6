"""The blueprint on which the pages of score reports register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from flask import Blueprint

from evaluator.access import current_actor
from evaluator.database import db
from evaluator.rounds.models import Participant
from evaluator.score_reports.models import PlanItem
from evaluator.score_reports.queries import SEE, open_plan

blueprint = Blueprint("score_reports", __name__, template_folder="templates")


@blueprint.app_template_global("planned_for")
def planned_for(participant: Participant) -> Mapping[str, Sequence[PlanItem]]:
    """Return what an organisation planned in earlier rounds, by indicator, for its application."""
    if not current_actor().may(SEE, participant.path):
        return {}
    found: dict[str, list[PlanItem]] = defaultdict(list)
    for each in open_plan(db.session, participant):
        found[each.item].append(each)
    return found
