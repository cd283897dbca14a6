"""Reading what the report of a committee is made of, always within what the caller may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission, within
from evaluator.applications.models import Application, ApplicationState
from evaluator.applications.ready import ready_for
from evaluator.awards.models import FollowUpTask
from evaluator.awards.task_queries import WantedTasks, wanted_tasks
from evaluator.notices.models import Objection
from evaluator.notices.queries import visible_objections
from evaluator.organisations.models import Organisation
from evaluator.reviews.facts import statements
from evaluator.rounds.models import Participant, Round
from evaluator.score_reports.making import told_decisions
from evaluator.score_reports.policy import TOLD
from evaluator.score_reports.queries import decisions_of
from evaluator.score_reports.standing import Standing, standing_of

P = Permission
Standings = Mapping[int, Standing]
"""What everybody came to whose review is finished, by participant."""
States = Mapping[int, ApplicationState]


def participants_of(actor: Actor, committee: Organisation, made: Round) -> Select[Participant]:
    """Return the query of the organisations of a committee, in the order of the register."""
    return (
        select(Participant)
        .where(
            Participant.round_id == made.id,
            Participant.committee_id == committee.id,
            within(Participant.path, actor, P.SEE_PROGRESS),
        )
        .order_by(Participant.category, Participant.sort_key, Participant.id)
    )


def all_states(session: Session, participants: Sequence[Participant]) -> States:
    """Return where all applications stand."""
    query = select(Application.participant_id, Application.state).where(
        Application.participant_id.in_([each.id for each in participants])
    )
    return dict(session.execute(query).all())


def standings_of(
    session: Session, actor: Actor, participants: Sequence[Participant], states: States
) -> Standings:
    """Return what everybody came to whose review is finished; queries follow the categories."""
    told = [each for each in participants if states.get(each.id) in TOLD]
    stated = statements(session, told)
    ids = [each.id for each in told]
    decisions = told_decisions(actor, told, states, decisions_of(session, ids))
    ready = {
        category: ready_for(session, each)
        for category, each in {each.category: each for each in told}.items()
    }
    return {
        each.id: standing_of(
            ready[each.category],
            stated[each.id].organisation,
            stated[each.id].reviewed,
            decisions.get(each.id),
        )
        for each in told
    }


def tasks_of(actor: Actor, committee: Organisation, made: Round) -> Select[FollowUpTask]:
    """Return the query of the follow-up tasks of a committee's organisations."""
    return (
        wanted_tasks(actor, WantedTasks())
        .where(Participant.round_id == made.id, Participant.committee_id == committee.id)
        .order_by(None)
        .order_by(Participant.sort_key, Participant.id, FollowUpTask.due, FollowUpTask.id)
    )


def objections_of(
    session: Session, actor: Actor, committee: Organisation, made: Round
) -> Sequence[Objection] | None:
    """Return the objections against organisations of a committee; None for who sees none."""
    if not actor.may(P.SEE_OBJECTIONS, committee.path):
        return None
    query = visible_objections(session, actor).where(
        Participant.round_id == made.id, Participant.committee_id == committee.id
    )
    ordered = query.order_by(None).order_by(Participant.sort_key, Objection.id)
    return session.scalars(ordered).unique().all()
