"""What waits for organisers from the joint check to the notice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext, ngettext
from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.applications.models import Application, ApplicationState
from evaluator.decisions.lacking import unscored_waiting
from evaluator.decisions.models import Decision, DepartmentList, Minutes
from evaluator.decisions.page import titles_of
from evaluator.decisions.policy import DECIDABLE, may_decide
from evaluator.home.district import left_behind
from evaluator.home.tasks import Task, is_pressing, until
from evaluator.notices.drawing_up import decided
from evaluator.notices.models import Notice
from evaluator.rounds.models import Participant, Round, RoundState
from evaluator.rounds.queries import open_step
from evaluator.rule_sets.policy import may_everywhere

P = Permission


def deciding_tasks(session: Session, actor: Actor, made: Round, at: datetime) -> Iterator[Task]:
    """Yield what waits for those who decide over the whole district."""
    if made.state is not RoundState.OPEN or not may_decide(session, actor):
        return
    yield from _joint_check(session, made, at)
    yield from _to_decide(session, made, at)
    yield from _after_deciding(session, made)


def notice_tasks(session: Session, actor: Actor, made: Round, at: datetime) -> Iterator[Task]:
    """Yield what waits for those who publish: levels on no notice, notices not published yet."""
    publishes = may_everywhere(session, actor, P.PUBLISH_NOTICES)
    if made.state is not RoundState.OPEN or not publishes:
        return
    drafts = select(Notice).where(Notice.round_id == made.id, Notice.published_at.is_(None))
    for notice in session.scalars(drafts.order_by(Notice.id)):
        yield Task(
            gettext("A notice is drawn up and not published yet"),
            url_for("notices.page", notice_id=notice.id),
            gettext("Look it over and publish"),
            notice.title,
        )
    step = made.step("public_notice")
    if step is not None and at < step.opens_at:
        return
    categories = [each.category for each in made.rule_sets]
    waiting = decided(made.id, categories).order_by(None).with_only_columns(Participant.id)
    if count := session.scalar(select(func.count()).select_from(waiting.subquery())):
        yield Task(
            ngettext("%(num)s level is decided and stands on no notice",
                     "%(num)s levels are decided and stand on no notice", count),
            url_for("notices.listing"),
            gettext("Prepare a notice"),
            details=until(step.closes_at, at) if step is not None else (),
        )  # fmt: skip


def _joint_check(session: Session, made: Round, at: datetime) -> Iterator[Task]:
    step = open_step(made, "joint_check", at)
    if step is None:
        return
    query = select(func.count(DepartmentList.id)).where(DepartmentList.round_id == made.id)
    if not session.scalar(query):
        yield Task(
            gettext("No department has brought its list for the joint check yet"),
            url_for("decisions.joint_check", round_id=made.id),
            gettext("To the joint check"),
            details=until(step.closes_at, at),
            urgent=is_pressing(step, at),
        )


def _to_decide(session: Session, made: Round, at: datetime) -> Iterator[Task]:
    """Yield how many wait for their decision, one task for all categories."""
    step = made.step("decision")
    if step is None or at < step.opens_at:
        return
    count = _in_states(session, made)
    words = ngettext(
        "%(num)s application waits for the decision",
        "%(num)s applications wait for the decision",
        count,
    )
    yield from left_behind(made, "decision", count, at, words)
    if count and step.is_open(at):
        yield Task(
            words,
            url_for("decisions.board", round=made.id),
            gettext("To the quota board"),
            details=until(step.closes_at, at),
            urgent=is_pressing(step, at),
        )
    if count:
        yield from _unscored(session, made)


def _unscored(session: Session, made: Round) -> Iterator[Task]:
    """Yield in which categories some lack facts: no longer step helps them, the facts do."""
    found, titles = unscored_waiting(session, made), titles_of(made)
    for category in sorted(found):
        yield Task(
            ngettext("%(num)s application cannot be scored: facts are missing",
                     "%(num)s applications cannot be scored: facts are missing", found[category]),
            url_for("decisions.board", round=made.id, category=category, _anchor="unscored"),
            gettext("Show what is missing"),
            titles[category],
        )  # fmt: skip


def _in_states(session: Session, made: Round) -> int:
    """Return how many applications can be decided on; who is proposed otherwise waits by itself."""
    proposed = exists().where(Decision.participant_id == Participant.id)
    query = (
        select(func.count(Application.id))
        .join(Participant, Participant.id == Application.participant_id)
        .where(Participant.round_id == made.id, Application.state.in_(DECIDABLE), ~proposed)
    )
    return session.scalar(query) or 0


def _after_deciding(session: Session, made: Round) -> Iterator[Task]:
    """Yield decisions without minutes, and those without a level whose round is not over yet."""
    final = (
        select(func.max(Decision.confirmed_at))
        .join(Participant, Participant.id == Decision.participant_id)
        .where(Participant.round_id == made.id, Decision.confirmed_at.is_not(None))
    )
    last = session.scalar(final)
    written = session.scalar(select(func.max(Minutes.at)).where(Minutes.round_id == made.id))
    if last is not None and (written is None or written < last):
        yield Task(
            gettext("Decisions have been made since the last minutes")
            if written
            else gettext("The decision has no minutes yet"),
            url_for("decisions.minutes", round_id=made.id),
            gettext("Write the minutes"),
        )
    query = (
        select(Participant.category, func.count())
        .join(Decision, Decision.participant_id == Participant.id)
        .join(Application, Application.participant_id == Participant.id)
        .where(
            Participant.round_id == made.id,
            Application.state == ApplicationState.DECIDED,
            Decision.confirmed_at.is_not(None),
            Decision.level == "",
        )
        .group_by(Participant.category)
        .order_by(Participant.category)
    )
    found = session.execute(query).all()
    titles = titles_of(made) if found else {}
    for category, number in found:
        yield Task(
            ngettext("%(num)s is decided to have no level; the round is not over for it yet",
                     "%(num)s are decided to have no level; the round is not over for them yet",
                     number),
            url_for("decisions.board", round=made.id, category=category),
            gettext("To the quota board"),
            titles[category],
        )  # fmt: skip
