"""What waits for panellists before they are seated: the rules by which they will judge."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import format_date, gettext, to_user_timezone

from evaluator.access import Actor, Permission
from evaluator.home.tasks import Task
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
