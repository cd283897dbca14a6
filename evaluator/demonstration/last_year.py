"""The round of the year before, as it would be taken over from paper: closed, to copy from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.applications.models import Answer, Application, ApplicationState, Origin
from evaluator.audit.operations import write_line
from evaluator.demonstration.calendar import DAYS_OF_LAST_YEAR, begin_round
from evaluator.demonstration.own_branch import LAST_YEAR
from evaluator.demonstration.stages import OWN
from evaluator.rounds.models import Participant, Round
from evaluator.rounds.operations import close_round
from evaluator.rule_sets.models import StoredRuleSet

REASON = "上一年度在纸面上评定，结果随示例载入"


def take_over_last_year(
    session: Session, actor: Actor, year: int, rule_sets: Mapping[str, StoredRuleSet]
) -> None:
    """Add the round of a year, all of it reviewed, with the answers of the own branch."""
    made = begin_round(session, actor, year, rule_sets, DAYS_OF_LAST_YEAR)
    _add_applications(session, actor, made)
    session.flush()
    close_round(session, actor, made=made, version=made.version, reason=REASON)
    made.opened_at, made.closed_at = made.steps[0].opens_at, made.steps[-1].closes_at


def _add_applications(session: Session, actor: Actor, made: Round) -> None:
    """Add the applications in one statement, with an audit line for each.

    No operation submits in a year that is over, so that the tables are written here themselves.
    """
    submitted_at = made.steps[0].closes_at - timedelta(days=1)
    moments = dict.fromkeys(("created_at", "changed_at", "submitted_at"), submitted_at)
    query = select(Participant).where(Participant.round_id == made.id)
    participants = session.scalars(query).all()
    session.execute(
        insert(Application),
        [
            {
                "participant_id": each.id,
                "state": ApplicationState.REVIEWED,
                "claimed_level": "",
                "version": 1,
                **moments,
            }
            for each in participants
        ],
    )
    codes = {each.id: each for each in participants}
    for application in session.scalars(
        select(Application).where(Application.participant_id.in_(codes))
    ):
        participant = codes[application.participant_id]
        if participant.code == OWN:
            application.answers = [
                Answer(fact=name, value=value, origin=Origin.GIVEN, changed_at=submitted_at)
                for name, value in LAST_YEAR.items()
            ]
        write_line(
            session,
            actor,
            action="application.finish_review",
            subject="application",
            subject_id=application.id,
            organisation_path=participant.path,
            before={"state": ApplicationState.SUBMITTED},
            after={"state": ApplicationState.REVIEWED},
            reason=REASON,
        )
