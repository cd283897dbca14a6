"""What waits in the outbox: letters that nobody has let go."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext, ngettext
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.home.tasks import Task
from evaluator.outbox.models import LetterState
from evaluator.outbox.queries import Wanted, numbers_by_state


def letter_tasks(session: Session, actor: Actor) -> Iterator[Task]:
    """Yield the letters that are held where an actor sends them; their readers wait for them."""
    if not actor.may(Permission.SEND_LETTERS):
        return
    if count := numbers_by_state(session, actor, Wanted()).get(LetterState.HELD, 0):
        yield Task(
            ngettext("%(num)s letter waits to be let go", "%(num)s letters wait to be let go",
                     count),
            url_for("outbox.listing", state=LetterState.HELD.value),
            gettext("Read them and let them go"),
        )  # fmt: skip
