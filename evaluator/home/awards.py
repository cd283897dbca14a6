"""What waits from the decision on: proposals of colleagues, awards, follow-up tasks."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from flask_babel import format_date, gettext, ngettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.awards.models import Award
from evaluator.awards.queries import Standing, Wanted, wanted_awards
from evaluator.awards.ready import notices_to_award
from evaluator.awards.task_queries import waiting_for
from evaluator.decisions.models import Decision
from evaluator.home.tasks import Task
from evaluator.organisations.catalogue import catalogue
from evaluator.rounds.models import Participant
from evaluator.rule_sets.policy import may_everywhere
from evaluator.web.languages import language

P = Permission


def follow_up_tasks(session: Session, actor: Actor) -> Iterator[Task]:
    """Yield what is to be followed up, for branches and committees; organisers have the list."""
    if not actor.may(P.FOLLOW_UP) or actor.may(P.AWARD):
        return
    found = waiting_for(session, actor)
    if not found.open:
        return
    details = []
    if found.overdue:
        details.append(gettext("%(count)d of them overdue", count=found.overdue))
    if found.next_due:
        details.append(
            gettext("the next one by %(day)s", day=format_date(found.next_due, "medium"))
        )
    yield Task(
        ngettext("%(num)d follow-up task is open", "%(num)d follow-up tasks are open", found.open),
        url_for("awards.follow_up", progress="open"),
        gettext("Show the tasks"),
        details=details,
        urgent=bool(found.overdue),
    )


def award_tasks(session: Session, actor: Actor) -> Iterator[Task]:
    """Yield what waits for those who award: notices, proposals of colleagues, re-audits."""
    if not may_everywhere(session, actor, P.AWARD):
        return
    for notice in notices_to_award(session):
        yield Task(
            gettext("A notice is over and waits for the award"),
            url_for("awards.preview", notice_id=notice.id),
            gettext("Show who can be awarded"),
            notice.title,
        )
    yield from _counted(
        session,
        actor,
        Standing.PROPOSED,
        gettext("Changes of awards that wait for a second person"),
    )
    yield from _counted(session, actor, Standing.DUE, gettext("Re-audits that are due"))


def decision_tasks(session: Session, actor: Actor) -> Iterator[Task]:
    """Yield the proposals of colleagues to decide otherwise than computed."""
    if not may_everywhere(session, actor, P.DECIDE):
        return
    query = (
        select(Participant.round_id, Participant.category, func.count())
        .join(Decision, Decision.participant_id == Participant.id)
        .where(Decision.confirmed_at.is_(None), Decision.proposed_by != actor.account_id)
        .group_by(Participant.round_id, Participant.category)
        .order_by(Participant.round_id, Participant.category)
    )
    for round_id, category, count in session.execute(query):
        yield Task(
            gettext("Decisions that wait for a second person"),
            url_for("decisions.board", round=round_id, category=category),
            gettext("Show which"),
            catalogue(session).title(category, language()),
            details=(gettext("Decisions found: %(count)d", count=count),),
            urgent=True,
        )


def _counted(session: Session, actor: Actor, standing: Standing, words: str) -> Iterator[Task]:
    query = wanted_awards(actor, Wanted(standing=standing)).order_by(None)
    found = query.with_only_columns(Award.id).subquery()
    count = session.scalar(select(func.count()).select_from(found))
    if count:
        yield Task(
            words,
            url_for("awards.listing", standing=standing.value),
            gettext("Show which"),
            details=(gettext("Awards found: %(count)d", count=count),),
        )
