"""The award of the demonstration, what follows from it, and a demotion that waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.awards.awarding import award_notice
from evaluator.awards.changing import propose
from evaluator.awards.follow_ups import Given, add_task, edit_task, note_done
from evaluator.awards.models import Award, FollowUpTask
from evaluator.awards.ready import ready_on
from evaluator.awards.validity import lower_levels
from evaluator.database import now
from evaluator.demonstration.clock import Clock
from evaluator.demonstration.people import Cast
from evaluator.demonstration.stages import OWN
from evaluator.notices.calendar import day_of
from evaluator.notices.models import Notice
from evaluator.notices.publishing import close
from evaluator.rounds.models import Participant, Round
from evaluator.rounds.queries import rule_set_for
from evaluator.rule_sets.reading import rule_set_of
from evaluator.score_reports.making import gather, planned_in, standing_in
from evaluator.score_reports.operations import Wish, take_in
from evaluator.score_reports.road import road_of

DEMOTION = "命名后查实：上报的主题党日记录中有两次未实际开展，不再符合该星级条件"


def award_all(
    session: Session, actor: Actor, clock: Clock, notice: Notice, document: str
) -> Sequence[Award]:
    """Close a notice whose days are over, and award everybody on it under one document."""
    close(session, actor, notice=notice)
    clock.go_on(hours=1)
    session.flush()
    seen = ready_on(session, notice).digest
    return award_notice(
        session, actor, notice=notice, document=document, on=day_of(now()), seen=seen
    )


def propose_a_demotion(session: Session, cast: Cast, awards: Sequence[Award]) -> None:
    """Propose that a branch goes down by a star; the second person has still to confirm it."""
    for award in awards:
        rule_set = rule_set_of(rule_set_for(session, award.participant))
        lower = lower_levels(rule_set, award.level)
        if lower and award.participant.code != OWN:
            propose(
                session, cast.organiser, award=award, to_level=lower[0].id, reason=DEMOTION,
                version=award.version,
            )  # fmt: skip
            return


def work_on_tasks(session: Session, cast: Cast, made: Round, due: date, *, all_over: bool) -> None:
    """Give the tasks of a round an owner and a day, note some as done, and add one by hand.

    With `all_over` only every fifth is still open: they are those of the year before.
    """
    query = (
        select(FollowUpTask)
        .join(Participant, Participant.id == FollowUpTask.participant_id)
        .where(Participant.round_id == made.id)
        .order_by(FollowUpTask.id)
    )
    tasks = session.scalars(query).all()
    for number, task in enumerate(tasks):
        if number % 5 and not all_over and number % 3:
            continue
        given = Given(task.text, "支部书记", due)
        edit_task(session, cast.organiser, task=task, given=given, version=task.version)
        if number % 5 if all_over else not number % 9:
            note = "已完成，材料报直属党（工）委备案。"
            note_done(session, cast.organiser, task=task, note=note, version=task.version)
    if not all_over:
        own = next(each.participant for each in tasks if each.participant.code == OWN)
        text = "整理“一支部一特色”做法，区委组织部择优推广"
        add_task(session, cast.organiser, participant=own, given=Given(text, "组织委员", due))


def plan_the_next_star(session: Session, cast: Cast, participant: Participant, due: date) -> None:
    """Let the own branch take the first two suggestions of its report into its plan."""
    found = gather(session, cast.branch, [participant], "zh")
    road = road_of(standing_in(found, participant), planned_in(found, participant), "zh")
    texts = ("对照失分项逐月补强，每季度支委会研究一次", "每月第一周集中学习，缺席的补学")
    for suggestion, text in zip(road.suggestions if road else (), texts, strict=False):
        wish = Wish(text, "组织委员", due)
        take_in(session, cast.branch, participant=participant, suggestion=suggestion, wish=wish)
