"""The round of the year before, taken over from paper: decided, published, awarded and closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.applications.models import Answer, Application, ApplicationState, Origin
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.decisions.models import Basis, Decision
from evaluator.demonstration.awarding import award_all
from evaluator.demonstration.calendar import DAYS_OF_LAST_YEAR, begin_round
from evaluator.demonstration.clock import Clock
from evaluator.demonstration.letters import let_letters_go
from evaluator.demonstration.own_branch import LAST_YEAR
from evaluator.demonstration.people import Cast
from evaluator.demonstration.publishing import publish_all
from evaluator.demonstration.stages import OWN
from evaluator.rounds.models import Participant, Round
from evaluator.rounds.operations import close_round
from evaluator.rule_sets.models import StoredRuleSet
from evaluator.score_reports.content import Suggestion
from evaluator.score_reports.operations import Wish, take_in

REASON = "上一年度在纸面上评定，结果随示例载入"
S = ApplicationState


def take_over_last_year(
    session: Session,
    actor: Actor,
    clock: Clock,
    cast: Cast,
    year: int,
    rule_sets: Mapping[str, StoredRuleSet],
    levels: Mapping[str, str],
) -> None:
    """Add the round of a year with the levels that it gave, by code."""
    days = DAYS_OF_LAST_YEAR
    made = begin_round(session, actor, clock, year, rule_sets, days)
    clock.go_to(days["decision"][0])
    participants = _participants(session, made)
    _add_applications(session, actor, made, participants, levels)
    _add_decisions(session, cast.organiser, participants, levels)
    session.flush()
    clock.go_to(days["public_notice"][0])
    notice = publish_all(session, cast.organiser, made)
    clock.go_to(days["award"][0])
    award_all(session, cast.organiser, clock, notice, f"临组通〔{year + 1}〕6号")
    clock.go_on(hours=2)
    let_letters_go(session, cast.organiser)
    clock.go_to(days["award"][0] + 6)
    _plan_for_this_year(session, cast.branch, participants, clock.day(-120))
    clock.go_to(days["award"][1] + 1)
    close_round(session, cast.organiser, made=made, version=made.version, reason=REASON)
    session.flush()


def _participants(session: Session, made: Round) -> dict[str, Participant]:
    query = select(Participant).where(Participant.round_id == made.id).order_by(Participant.code)
    return {each.code: each for each in session.scalars(query)}


def _add_applications(
    session: Session,
    actor: Actor,
    made: Round,
    participants: Mapping[str, Participant],
    levels: Mapping[str, str],
) -> None:
    """Add the applications in one statement, with an audit line for each.

    No operation takes over what was decided on paper, so that the tables are written here
    themselves: one by one, a hundred applications that nobody works on would cost half the load.
    """
    submitted_at = made.steps[0].closes_at - timedelta(days=1)
    moments = dict.fromkeys(("created_at", "submitted_at"), submitted_at)
    rows = [
        {
            "participant_id": each.id,
            "state": S.DECIDED if levels[each.code] else S.UNRATED,
            "claimed_level": levels[each.code],
            "version": 1,
            "changed_at": now(),
            **moments,
        }
        for each in participants.values()
    ]
    session.execute(insert(Application), rows)
    own = select(Application).where(Application.participant_id == participants[OWN].id)
    session.scalars(own).one().answers = [
        Answer(fact=name, value=value, origin=Origin.GIVEN, changed_at=submitted_at)
        for name, value in LAST_YEAR.items()
    ]
    _log_applications(session, actor, participants)


def _log_applications(
    session: Session, actor: Actor, participants: Mapping[str, Participant]
) -> None:
    query = select(Application.participant_id, Application.id, Application.state)
    states = {number: (own_id, state) for number, own_id, state in session.execute(query)}
    for each in participants.values():
        application_id, state = states[each.id]
        write_line(
            session,
            actor,
            action="application.decide",
            subject="application",
            subject_id=application_id,
            organisation_path=each.path,
            before={"state": S.REVIEWED},
            after={"state": state},
            reason=REASON,
        )


def _add_decisions(
    session: Session,
    actor: Actor,
    participants: Mapping[str, Participant],
    levels: Mapping[str, str],
) -> None:
    moment = now()
    rows = [
        {
            "participant_id": each.id,
            "level": levels[each.code],
            "computed": levels[each.code],
            "basis": Basis.COMPUTED,
            "reason": REASON,
            "proposed_at": moment,
            "confirmed_by": actor.account_id,
            "confirmed_at": moment,
            "version": 1,
        }
        for each in participants.values()
    ]
    session.execute(insert(Decision), rows)


def _plan_for_this_year(
    session: Session, actor: Actor, participants: Mapping[str, Participant], due: date
) -> None:
    """Let the own branch take from its report what this year's self-assessment reminds it of."""
    title, how = "网格党组织覆盖", "再有1个网格建立党组织"
    wish = Wish("与物业党支部共建第六网格党小组", "组织委员", due)
    take_in(
        session,
        actor,
        participant=participants[OWN],
        suggestion=Suggestion("grid_party", title, "", how, None),
        wish=wish,
    )
