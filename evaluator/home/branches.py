"""What waits for the officers of branches: their own applications, whatever needs them first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import LazyString, gettext, lazy_gettext, ngettext
from sqlalchemy import ColumnElement, Row, Select, case, func, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission, within
from evaluator.applications.models import Application, ApplicationState
from evaluator.applications.policy import ends_at
from evaluator.applications.procedure import FINAL, REVIEWED_OR_LATER
from evaluator.defences.told import told_to
from evaluator.home.tasks import SOON, Task, until
from evaluator.notices.calendar import end_of
from evaluator.notices.models import Notice
from evaluator.notices.queries import notices_with
from evaluator.reviews.models import FactDecision, FactReview, Reply, Return
from evaluator.rounds.calendar import last_moment_words
from evaluator.rounds.models import Participant, Round, RoundState
from evaluator.rounds.state_words import step_state

SHOWN = 5
_S = ApplicationState
_DECIDING = lazy_gettext("The district decides on the level")
_AFTER_REVIEW: Mapping[ApplicationState | None, LazyString] = {
    _S.IN_DEFENCE: lazy_gettext("Takes part in the defence"),
    _S.DEFENDED: _DECIDING,
    # What was decided is for nobody before it is on public notice.
    _S.DECIDED: _DECIDING,
    _S.ON_NOTICE: lazy_gettext("The public notice is over; the award follows"),
    _S.OBJECTED: lazy_gettext("The public notice is over; the award follows"),
}
_URGENCY = {_S.RETURNED: 0, _S.DRAFT: 1, _S.SUBMITTED: 4}


@dataclass(frozen=True)
class Told:
    """What a committee said about an application, in numbers."""

    to_mend: int = 0
    changed: int = 0
    answered: int = 0


@dataclass(frozen=True)
class More:
    """What is known of an application from its review on, later steps by participant."""

    told: Told
    notices: Mapping[int, Notice]
    hearings: Mapping[int, str]


@dataclass(frozen=True)
class Own:
    """The tasks of the first branches, and how many branches there are."""

    tasks: list[Task]
    count: int


def own_tasks(session: Session, actor: Actor, made: Round, at: datetime) -> Own:
    """Return what waits at the branches that an actor applies for; a few queries for any number."""
    place = within(Participant.path, actor, Permission.FILL_APPLICATIONS)
    rows = session.execute(_by_urgency(made).where(place).limit(SHOWN)).all()
    told = _told(session, {each.id for _participant, each in rows if each})
    notices, hearings = _later(session, actor, rows)
    tasks = [
        _task(one, each, More(told.get(each.id if each else 0, Told()), notices, hearings), at)
        for one, each in rows
    ]
    query = select(func.count()).where(Participant.round_id == made.id, place)
    return Own(tasks, session.scalar(query) or 0)


def _later(
    session: Session, actor: Actor, rows: Sequence[Row[Participant, Application | None]]
) -> tuple[Mapping[int, Notice], Mapping[int, str]]:
    """Return the running notices of some, and when others are heard; asked for where they are."""
    heard = [one.id for one, each in rows if each and each.state is _S.IN_DEFENCE]
    public = [one.id for one, each in rows if each and each.state in (_S.ON_NOTICE, _S.OBJECTED)]
    hearings = told_to(session, actor.account_id or 0, heard) if heard else {}
    return notices_with(session, public) if public else {}, hearings


def _by_urgency(made: Round) -> Select[Participant, Application | None]:
    return (
        select(Participant, Application)
        .outerjoin(Application, Application.participant_id == Participant.id)
        .where(Participant.round_id == made.id)
        .order_by(
            case(_URGENCY, value=Application.state, else_=2), Participant.sort_key, Participant.id
        )
    )


def _told(session: Session, ids: Collection[int]) -> Mapping[int, Told]:
    latest = select(Return.application_id, func.max(Return.number).label("number")).group_by(
        Return.application_id
    ).where(Return.application_id.in_(ids)).subquery()  # fmt: skip
    returns = select(Return).join(
        latest,
        (Return.application_id == latest.c.application_id) & (Return.number == latest.c.number),
    )
    mend = {each.application_id: len(each.items) for each in session.scalars(returns)}
    adjusted = FactReview.decision == FactDecision.ADJUSTED
    changed = _numbers(session, FactReview, ids, adjusted)
    answered = _numbers(session, Reply, ids, Reply.answered_at.is_not(None))
    return {
        each: Told(mend.get(each, 0), changed.get(each, 0), answered.get(each, 0)) for each in ids
    }


def _numbers(
    session: Session,
    model: type[FactReview] | type[Reply],
    ids: Collection[int],
    holds: ColumnElement[bool],
) -> dict[int, int]:
    query = (
        select(model.application_id, func.count())
        .where(model.application_id.in_(ids), holds)
        .group_by(model.application_id)
    )
    return dict(session.execute(query).all())


def _task(who: Participant, application: Application | None, more: More, at: datetime) -> Task:
    state = application.state if application else None
    if state is _S.RETURNED:
        return _returned(who, application, more.told, at)
    if state in FINAL:
        address = url_for("score_reports.report", participant_id=who.id)
        words = gettext("The result of this round is known")
        return Task(words, address, gettext("Read the score report"), who.name)
    if state in _AFTER_REVIEW:
        return _after_review(who, _AFTER_REVIEW[state], more)
    if state in REVIEWED_OR_LATER:
        return _reviewed(who, more.told)
    if state is _S.SUBMITTED:
        return _submitted(who, at)
    return _to_fill(who, application, at)


def _submitted(who: Participant, at: datetime) -> Task:
    step = who.round.step("committee_review")
    over = step is not None and step.closes_at <= at
    return Task(
        gettext("Submitted; the committee did not end its review in time")
        if over
        else gettext("Submitted; the committee reviews it"),
        url_for("applications.receipt", participant_id=who.id),
        gettext("Show the receipt"),
        who.name,
        waits=False,
    )


def _after_review(who: Participant, words: LazyString, more: More) -> Task:
    """Return how matters stand from the defence on; the branch has nothing to do but to come."""
    if who.id in more.notices:
        notice = more.notices[who.id]
        until_day = last_moment_words(end_of(notice.last_day))
        return Task(
            gettext("On public notice with its level"),
            url_for("notices.public_page", notice_id=notice.id),
            gettext("Read the notice"),
            who.name,
            (gettext("until %(moment)s", moment=until_day),),
            waits=False,
        )
    when = more.hearings.get(who.id, "")
    return Task(
        str(words),
        url_for("outbox.mine") if when else url_for("reviews.outcome", participant_id=who.id),
        gettext("Read the letter") if when else gettext("Read the review"),
        who.name,
        (when,) if when else (),
        waits=bool(when),
    )


def _returned(who: Participant, application: Application | None, told: Told, at: datetime) -> Task:
    ends = ends_at(who, application)
    if ends is None or ends <= at:
        return Task(
            gettext("Returned by the committee, and not submitted again in time"),
            url_for("reviews.outcome", participant_id=who.id),
            gettext("Read the review"),
            who.name,
            waits=False,
        )
    to_mend = ngettext("%(num)s indicator to mend", "%(num)s indicators to mend", told.to_mend)
    return Task(
        gettext("Returned by the committee, to be mended"),
        url_for("reviews.outcome", participant_id=who.id),
        gettext("Read what is to be mended"),
        who.name,
        (to_mend, *until(ends, at)),
        urgent=True,
    )


def _reviewed(who: Participant, told: Told) -> Task:
    details = []
    if told.changed:
        details.append(gettext("The committee set or changed %(count)s values", count=told.changed))
    if told.answered:
        details.append(gettext("%(count)s of your replies are answered", count=told.answered))
    return Task(
        gettext("The committee has finished its review"),
        url_for("reviews.outcome", participant_id=who.id),
        gettext("Read the review"),
        who.name,
        details,
        waits=False,
    )


def _to_fill(who: Participant, application: Application | None, at: datetime) -> Task:
    ends = ends_at(who, application)
    address = url_for("applications.page", participant_id=who.id)
    if ends is None:
        words = _closed_words(who.round, at)
        return Task(words, address, gettext("Show the form"), who.name, waits=False)
    begun = application is not None
    return Task(
        gettext("Self-assessment begun, not submitted yet")
        if begun
        else gettext("Self-assessment not begun yet"),
        address,
        gettext("Go on filling in") if begun else gettext("Begin to fill in"),
        who.name,
        until(ends, at),
        urgent=ends - at < SOON,
    )


def _closed_words(made: Round, at: datetime) -> str:
    """Return why nothing can be filled in now."""
    step = made.step("self_assessment")
    if made.state is RoundState.OPEN and step is not None and at < step.opens_at:
        state = step_state(step, at).words
        return str(gettext("The self-assessment %(state)s", state=state))
    return str(gettext("The self-assessment is over; nothing was submitted"))
