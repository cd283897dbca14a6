"""What waits for panellists: the rules to judge by, then their cases, and objections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from flask import url_for
from flask_babel import gettext, ngettext
from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission, within
from evaluator.defences.models import Sitting, SittingState
from evaluator.defences.queries import cases_to_close, sheets_to_hand_in, sittings_of
from evaluator.home.tasks import Task, day_words, names
from evaluator.notices.models import Handler, Objection
from evaluator.notices.queries import visible_objections
from evaluator.panels.models import Case
from evaluator.panels.queries import my_cases
from evaluator.rounds.calendar import moment_words
from evaluator.rounds.models import Participant, Round


def defence_to_come(session: Session, actor: Actor, made: Round, at: datetime) -> Iterator[Task]:
    """Yield that a defence is to come, for those who judge there and do not run the round."""
    step = made.step("defence")
    if not actor.may(Permission.JUDGE) or step is None or step.opens_at <= at:
        return
    if session.scalars(my_cases(session, actor, made).limit(1)).first() is not None:
        return
    yield Task(
        gettext("The defence begins on %(day)s", day=day_words(step.opens_at)),
        url_for("rule_sets.listing"),
        gettext("Read the rule sets"),
        details=(gettext("Your panel and its cases will stand here"),),
        waits=False,
    )


def sheet_tasks(session: Session, actor: Actor, made: Round, at: datetime) -> Iterator[Task]:
    """Yield the hearings of a panellist: sheets to hand in now, cases to close, and what comes."""
    step = made.step("defence")
    if not actor.may(Permission.JUDGE) or (step is not None and step.closes_at <= at):
        return
    cases = sheets_to_hand_in(session, actor, made)
    sittings = sittings_of(session, cases)
    coming = [each for each in cases if _is_to_come(sittings.get(each.id), at)]
    yield from _sheets([each for each in cases if each not in coming])
    yield from _to_close(session, actor, made)
    yield from _coming(sorted((sittings[each.id] for each in coming), key=_begin))


def _is_to_come(sitting: Sitting | None, at: datetime) -> bool:
    """Return whether a case has a time that has not come; one without any can be judged now."""
    return sitting is not None and sitting.state is SittingState.PLANNED and sitting.starts_at > at


def _begin(sitting: Sitting) -> datetime:
    return sitting.starts_at


def _sheets(cases: Sequence[Case]) -> Iterator[Task]:
    if cases:
        yield Task(
            ngettext(
                "%(num)d score sheet is to be handed in",
                "%(num)d score sheets are to be handed in",
                len(cases),
            ),
            url_for("defences.mine"),
            gettext("To my defences"),
            names([each.participant.name for each in cases[:3]], len(cases)),
            urgent=True,
        )


def _to_close(session: Session, actor: Actor, made: Round) -> Iterator[Task]:
    """Yield the case that a chair can close: its questions have begun, its sheets are in."""
    ready = cases_to_close(session, actor, made)
    if ready:
        yield Task(
            ngettext(
                "%(num)s case can be closed: all of its sheets are handed in",
                "%(num)s cases can be closed: all of their sheets are handed in",
                len(ready),
            ),
            url_for("defences.case", case_id=ready[0].id),
            gettext("Go on to close it"),
            names([each.participant.name for each in ready[:3]], len(ready)),
            urgent=True,
        )


def _coming(sittings: Sequence[Sitting]) -> Iterator[Task]:
    if not sittings:
        return
    first = sittings[0]
    yield Task(
        ngettext("%(num)s hearing to come", "%(num)s hearings to come", len(sittings)),
        url_for("defences.mine"),
        gettext("To my defences"),
        details=(
            gettext(
                "the next one at %(moment)s, room %(room)s",
                moment=moment_words(first.starts_at),
                room=first.room,
            ),
        ),
        waits=False,
    )


def objection_tasks(session: Session, actor: Actor) -> Iterator[Task]:
    """Yield the objections that wait for an actor: for its opinion, or for their outcome."""
    if not actor.may(Permission.HANDLE_OBJECTIONS):
        return
    waiting = visible_objections(session, actor).where(Objection.outcome_at.is_(None))
    own = exists().where(
        Handler.objection_id == Objection.id,
        Handler.account_id == actor.account_id,
        Handler.at.is_(None),
    )
    if count := _count(session, waiting.where(own)):
        yield Task(
            ngettext(
                "%(num)d objection waits for your opinion",
                "%(num)d objections wait for your opinion",
                count,
            ),
            url_for("notices.objections"),
            gettext("To the objections"),
            urgent=True,
        )
    runs = within(Participant.path, actor, Permission.PUBLISH_NOTICES)
    if count := _count(session, waiting.where(runs)):
        yield Task(
            ngettext(
                "%(num)d objection waits for its outcome",
                "%(num)d objections wait for their outcome",
                count,
            ),
            url_for("notices.objections"),
            gettext("To the objections"),
            urgent=True,
        )


def _count(session: Session, query: Select[Objection]) -> int:
    found = query.order_by(None).with_only_columns(Objection.id).subquery()
    return session.scalar(select(func.count()).select_from(found)) or 0
