"""What waits for committees: reviews, replies, appraisals and site checks, counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext, ngettext
from sqlalchemy import exists, func, or_, select, true
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission, within
from evaluator.applications.models import Application, ApplicationState
from evaluator.applications.procedure import FINAL
from evaluator.appraisals.models import Appraisal, AppraisalState
from evaluator.home.tasks import Task, is_pressing, until
from evaluator.reviews.queue import Waiting, counts, not_submitted
from evaluator.rounds.models import Participant, Round
from evaluator.rounds.queries import open_step
from evaluator.site_checks.models import SiteCheck, SiteCheckState

P = Permission
SHOWN = 5
"""So many committees at most; whoever reviews for more finds them in the list of reports."""


def review_tasks(session: Session, actor: Actor, made: Round, at: datetime) -> Iterator[Task]:
    """Yield what waits in the queue of the review, with the numbers that the queue shows."""
    step = open_step(made, "committee_review", at)
    if not actor.may(P.REVIEW_APPLICATIONS) or step is None:
        return
    found, urgent = counts(session, actor, made), is_pressing(step, at)
    left = until(step.closes_at, at)
    if found[Waiting.REVIEW]:
        waits = (*_longest(session, actor, made, at), *left)
        yield _queue(Waiting.REVIEW, found[Waiting.REVIEW], waits, urgent)
    if found[Waiting.ANSWER]:
        yield _queue(Waiting.ANSWER, found[Waiting.ANSWER], left, urgent)
    if found[Waiting.NOTHING]:
        yield _recommending(found[Waiting.NOTHING], not_submitted(session, actor, made), left)


def visit_tasks(session: Session, actor: Actor, made: Round, at: datetime) -> Iterator[Task]:
    """Yield what waits while appraisals and site checks run."""
    step = open_step(made, "appraisal", at)
    if actor.may(P.MANAGE_APPRAISALS) and step is not None:
        missing, running = _appraisals(session, actor, made, at)
        if missing or running:
            yield Task(
                gettext("Democratic appraisals"),
                url_for("appraisals.listing"),
                gettext("To the appraisals"),
                details=(
                    gettext("%(count)s not set up", count=missing),
                    gettext("%(count)s running", count=running),
                    *until(step.closes_at, at),
                ),
                urgent=is_pressing(step, at),
            )
    step = open_step(made, "site_check", at)
    planned = _checks(session, actor, made) if actor.may(P.CHECK_SITES) and step else 0
    if step is not None and planned:
        yield Task(
            ngettext("%(num)s site check to make", "%(num)s site checks to make", planned),
            url_for("site_checks.listing"),
            gettext("To the site checks"),
            details=until(step.closes_at, at),
            urgent=is_pressing(step, at),
        )


def result_tasks(session: Session, actor: Actor, made: Round) -> Iterator[Task]:
    """Yield that results of the round are known, with the report of each own committee."""
    if actor.may(P.MANAGE_ROUNDS) or not actor.may(P.REVIEW_APPLICATIONS):
        return
    query = (
        select(Participant.committee_id, Participant.committee)
        .join(Application, Application.participant_id == Participant.id)
        .where(
            Participant.round_id == made.id,
            within(Participant.path, actor, P.REVIEW_APPLICATIONS),
            Application.state.in_(FINAL),
        )
        .distinct()
        .order_by(Participant.committee)
        .limit(SHOWN)
    )
    for number, name in session.execute(query):
        yield Task(
            gettext("Results of this round are known"),
            url_for("score_reports.committee", committee_id=number, round=made.id),
            gettext("Read the committee's report"),
            name,
            waits=False,
        )


def _queue(waiting: Waiting, count: int, details: tuple[str, ...], urgent: bool) -> Task:
    if waiting is Waiting.REVIEW:
        words = ngettext("%(num)s application to review", "%(num)s applications to review", count)
        action = gettext("Review them")
    else:
        words = ngettext("%(num)s reply to answer", "%(num)s replies to answer", count)
        action = gettext("Answer them")
    address = url_for("reviews.queue", state=waiting.value)
    return Task(words, address, action, details=details, urgent=urgent)


def _recommending(reviewed: int, missing: int, left: tuple[str, ...]) -> Task:
    more = (gettext("%(count)s branches have not submitted yet", count=missing),) if missing else ()
    return Task(
        ngettext("%(num)s reviewed, to recommend from", "%(num)s reviewed, to recommend from",
                 reviewed),
        url_for("reviews.recommend"),
        gettext("To the recommendations"),
        details=(*more, *left),
    )  # fmt: skip


def _longest(session: Session, actor: Actor, made: Round, at: datetime) -> tuple[str, ...]:
    query = (
        select(func.min(Application.submitted_at))
        .join(Participant, Application.participant_id == Participant.id)
        .where(
            Participant.round_id == made.id,
            within(Participant.path, actor, P.SEE_REVIEWS),
            Application.state == ApplicationState.SUBMITTED,
        )
    )
    first = session.scalar(query)
    days = (at - first).days if first else 0
    return (gettext("the first waits for %(days)s days", days=days),) if days else ()


def _appraisals(session: Session, actor: Actor, made: Round, at: datetime) -> tuple[int, int]:
    """Return at how many places an appraisal is not set up, and at how many it runs.

    Once the self-assessment is over, whoever did not apply needs none.
    """
    running = func.count(Appraisal.id).filter(Appraisal.state == AppraisalState.OPEN)
    applying = made.step("self_assessment")
    still = applying is None or at < applying.closes_at
    applied = exists().where(
        Application.participant_id == Participant.id, Application.state != ApplicationState.DRAFT
    )
    query = (
        select(func.count(Participant.id) - func.count(Appraisal.id), running)
        .select_from(Participant)
        .outerjoin(Appraisal, Appraisal.participant_id == Participant.id)
        .where(
            Participant.round_id == made.id,
            within(Participant.path, actor, P.MANAGE_APPRAISALS),
            or_(true() if still else applied, Appraisal.id.is_not(None)),
        )
    )
    missing, open_ones = session.execute(query).one()
    return missing, open_ones


def _checks(session: Session, actor: Actor, made: Round) -> int:
    query = (
        select(func.count(SiteCheck.id))
        .join(Participant, SiteCheck.participant_id == Participant.id)
        .where(
            Participant.round_id == made.id,
            within(Participant.path, actor, P.CHECK_SITES),
            SiteCheck.state == SiteCheckState.PLANNED,
        )
    )
    return session.scalar(query) or 0
