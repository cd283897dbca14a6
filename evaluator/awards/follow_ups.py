"""Follow-up tasks: made by the groups of the rule set, and what people do with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import Actor, Permission
from evaluator.applications.models import Application, ApplicationState
from evaluator.audit.operations import write_line
from evaluator.awards.letters import tell_of_tasks
from evaluator.awards.log_lines import log
from evaluator.awards.models import Award, FollowUpTask
from evaluator.database import now, take_turn
from evaluator.rounds.models import Participant, Round, RoundRuleSet
from evaluator.rule_sets.models import StoredRuleSet
from evaluator.rule_sets.policy import require_everywhere
from evaluator.rule_sets.reading import rule_set_of
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext
from rules.syntax import RuleSet

P = Permission
UNRATED = "unrated"
"""How rule sets call those who have no level."""


@dataclass(frozen=True)
class Given:
    """What a person writes down of a task."""

    text: str
    owner: str = ""
    due: date | None = None


def make_tasks(session: Session, actor: Actor, *, made: Round) -> int:
    """Make the tasks of all who were awarded in a round or closed without a level.

    Whoever has a task of a group already gets none of it again. Returns how many were made.
    """
    require_everywhere(session, actor, P.AWARD)
    hold_round(session, made.id)
    rules = _rules(session, made)
    query = (
        select(Participant, Award.first_level)
        .outerjoin(Award, Award.participant_id == Participant.id)
        .outerjoin(Application, Application.participant_id == Participant.id)
        .where(
            Participant.round_id == made.id,
            or_(Award.id.is_not(None), Application.state == ApplicationState.UNRATED),
        )
        .order_by(Participant.id)
    )
    there = _groups(session, made)
    tasks: list[dict[str, Any]] = []
    unrated = []
    for participant, level in session.execute(query).unique():
        found = tasks_for(rules[participant.category], participant, level or "")
        new = [each for each in found if (participant.id, each["group_"]) not in there]
        tasks += new
        if new and not level:
            unrated.append(participant)
    if tasks:
        session.execute(insert(FollowUpTask), tasks)
        write_line(
            session, actor, action="follow_up.make", subject="round", subject_id=made.id,
            after={"count": len(tasks)},
        )  # fmt: skip
        tell_of_tasks(session, actor, unrated)
    return len(tasks)


def hold_round(session: Session, round_id: int) -> None:
    """Let one awarding of a round happen after the other; what was read before is read anew."""
    take_turn(session)
    session.execute(select(Round.id).where(Round.id == round_id).with_for_update(key_share=True))


def tasks_for(rule_set: RuleSet, participant: Participant, level: str) -> list[dict[str, Any]]:
    """Return the columns of the tasks that a rule set gives to an organisation of a level."""
    ends = [each.to for each in rule_set.procedure if each.step == "follow_up"]
    return [
        {
            "participant_id": participant.id,
            "group_": group.group.zh,
            "group_en": group.group.en,
            "text": action.zh,
            "text_en": action.en,
            "due": ends[0] if ends else None,
        }
        for group in rule_set.follow_up
        if (level or UNRATED) in group.levels
        for action in group.actions
    ]


def make_for_change(session: Session, actor: Actor, award: Award, rule_set: RuleSet) -> None:
    """Make the tasks of the group that an award has come to by a demotion or revocation."""
    participant = award.participant
    query = select(FollowUpTask.group_).where(FollowUpTask.participant_id == participant.id)
    there = set(session.scalars(query))
    tasks = [
        FollowUpTask(participant=participant, **each)
        for each in tasks_for(rule_set, participant, award.level)
        if each["group_"] not in there
    ]
    # What the procedure of its round had as an end may be long over.
    for each in tasks:
        each.due = each.due if each.due and each.due > now().date() else None
    session.add_all(tasks)
    session.flush()
    for each in tasks:
        log(session, actor, "follow_up.add", each, after=_told(each))


def add_task(
    session: Session, actor: Actor, *, participant: Participant, given: Given
) -> FollowUpTask:
    """Give an organisation a task of its own."""
    actor.require(P.AWARD, participant.path)
    task = FollowUpTask(participant=participant, **vars(given))
    session.add(task)
    session.flush()
    log(session, actor, "follow_up.add", task, after=_told(task))
    return task


def edit_task(
    session: Session, actor: Actor, *, task: FollowUpTask, given: Given, version: int
) -> None:
    """Put a task right, or set by when and by whom it is to be done."""
    actor.require(P.AWARD, task.participant.path)
    require_version(task, version)
    _require_open(task)
    before = _told(task)
    if task.text != given.text:
        # What a person wrote has no translation.
        task.text, task.text_en = given.text, ""
    task.owner, task.due = given.owner, given.due
    session.flush()
    log(session, actor, "follow_up.edit", task, before=before, after=_told(task))


def note_done(
    session: Session, actor: Actor, *, task: FollowUpTask, note: str, version: int
) -> None:
    """Write down that a task is done, and what was done."""
    actor.require(P.FOLLOW_UP, task.participant.path)
    require_version(task, version)
    _require_open(task)
    if not note.strip():
        raise Refusal(gettext("Say what was done."))
    task.note, task.done_at, task.done_by = note, now(), actor.account_id
    session.flush()
    log(session, actor, "follow_up.finish", task, after={"note": note})


def cancel_task(
    session: Session, actor: Actor, *, task: FollowUpTask, reason: str, version: int
) -> None:
    """Let a task be done no more that was made by mistake; it stays, with the reason."""
    actor.require(P.AWARD, task.participant.path)
    require_version(task, version)
    _require_open(task)
    _require_reason(reason)
    task.cancelled_at, task.cancelled_by = now(), actor.account_id
    task.cancelled_because = reason
    session.flush()
    log(session, actor, "follow_up.cancel", task, before=_told(task), reason=reason)


def reopen_task(
    session: Session, actor: Actor, *, task: FollowUpTask, reason: str, version: int
) -> None:
    """Take back that a task is done or cancelled; what was said to be done stays beside it."""
    actor.require(P.AWARD, task.participant.path)
    require_version(task, version)
    if task.is_open:
        raise Refusal(gettext("This task is open already."))
    _require_reason(reason)
    task.done_at = task.done_by = task.cancelled_at = task.cancelled_by = None
    task.cancelled_because = ""
    session.flush()
    log(session, actor, "follow_up.reopen", task, reason=reason)


def require_version(row: FollowUpTask | Award, version: int) -> None:
    """Refuse whoever read a row before somebody else changed it."""
    if row.version != version:
        raise StaleDataError("the row was changed since it was read")


def _require_open(task: FollowUpTask) -> None:
    if task.done_at is not None:
        raise Refusal(gettext("This task is done already."))
    if task.cancelled_at is not None:
        raise Refusal(gettext("This task is cancelled. Open it again first."))


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refusal(gettext("Say why: those concerned will read it."))


def _rules(session: Session, made: Round) -> Mapping[str, RuleSet]:
    query = (
        select(RoundRuleSet)
        .where(RoundRuleSet.round_id == made.id)
        .options(joinedload(RoundRuleSet.stored))
    )
    stored: dict[str, StoredRuleSet] = {
        each.category: each.stored for each in session.scalars(query)
    }
    return {category: rule_set_of(each) for category, each in stored.items()}


def _groups(session: Session, made: Round) -> set[tuple[int, str]]:
    query = (
        select(FollowUpTask.participant_id, FollowUpTask.group_)
        .join(Participant, Participant.id == FollowUpTask.participant_id)
        .where(Participant.round_id == made.id)
    )
    return {(number, group) for number, group in session.execute(query)}


def _told(task: FollowUpTask) -> dict[str, object]:
    return {"text": task.text, "owner": task.owner, "due": task.due}
