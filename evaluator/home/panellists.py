"""What waits for panellists: the rules to judge by, then their cases, and objections."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import format_date, gettext, ngettext, to_user_timezone
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.defences.queries import sheets_to_hand_in
from evaluator.home.tasks import Task, names
from evaluator.notices.models import Objection
from evaluator.notices.queries import visible_objections
from evaluator.rounds.models import Round


def defence_to_come(actor: Actor, made: Round, at: datetime) -> Iterator[Task]:
    """Yield that a defence is to come, for those who judge there and do not run the round."""
    step = made.step("defence")
    if not actor.may(Permission.JUDGE) or step is None or step.opens_at <= at:
        return
    day = format_date(to_user_timezone(step.opens_at), "medium")
    yield Task(
        gettext("The defence begins on %(day)s", day=day),
        url_for("rule_sets.listing"),
        gettext("Read the rule sets"),
        details=(gettext("Your panel and its cases will stand here"),),
    )


def sheet_tasks(session: Session, actor: Actor, made: Round) -> Iterator[Task]:
    """Yield the score sheets that a panellist has not handed in yet."""
    if not actor.may(Permission.JUDGE):
        return
    cases = sheets_to_hand_in(session, actor, made)
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


def objection_tasks(session: Session, actor: Actor) -> Iterator[Task]:
    """Yield the objections without an outcome, for those who handle them."""
    if not actor.may(Permission.HANDLE_OBJECTIONS):
        return
    query = visible_objections(session, actor).where(Objection.outcome_at.is_(None))
    found = query.order_by(None).with_only_columns(Objection.id).subquery()
    count = session.scalar(select(func.count()).select_from(found)) or 0
    if count:
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
