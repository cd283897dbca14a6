"""What a round leaves that is over: a reviewed branch with its report, and its plan."""

from __future__ import annotations

from district import make_participant
from sqlalchemy.orm import Session

from evaluator.applications.models import Application, ApplicationState
from evaluator.database import now
from evaluator.organisations.models import Organisation
from evaluator.rounds.models import Round, RoundRuleSet, RoundState
from evaluator.score_reports.models import PlanItem


def reported_things(session: Session, made: Round, branch: Organisation) -> dict[str, int | str]:
    """Add a closed round by the same rules in which a branch was reviewed."""
    moment = now()
    over = Round(
        year=2025, title="2025", state=RoundState.CLOSED, opened_at=moment, closed_at=moment
    )
    stored = made.rule_sets[0].stored
    over.rule_sets.append(RoundRuleSet(category="community", stored=stored))
    participant = make_participant(over, branch)
    application = Application(
        participant=participant,
        state=ApplicationState.REVIEWED,
        created_at=moment,
        changed_at=moment,
        submitted_at=moment,
    )
    session.add_all([over, participant, application])
    session.flush()
    item = PlanItem(
        organisation_id=branch.id,
        round_id=over.id,
        item="brand",
        title="党建品牌",
        text="创建品牌",
        owner="书记",
        due=moment.date(),
        changed_at=moment,
    )
    session.add(item)
    session.flush()
    return {"over": over.id, "reported": participant.id, "plan_item": item.id}
