"""Reading what the start page says, and applications in every state to say it of."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.applications.models import Application, ApplicationState
from evaluator.database import now
from evaluator.organisations.models import Organisation
from evaluator.rounds.models import Participant

_UNTIL = re.compile(r" · \d{4}年\d+月\d+日 \d\d:\d\d截止")
"""The moment that stands beside the time that is left; it differs with the clock."""


def tasks(client: FlaskClient) -> list[tuple[str, ...]]:
    """Return the tasks of the start page: about whom, what, and details, where there are any."""
    found = re.findall(r'<li class="task[^>]*>(.*?)</li>', client.get("/").text, re.DOTALL)
    return [tuple(html.unescape(each) for each in _texts(task)) for task in found]


def _texts(task: str) -> list[str]:
    said = _UNTIL.sub("", task.split("<a class=")[0])
    return [each.strip() for each in re.findall(r"<div[^>]*>([^<]+)</div>", said)]


def links(client: FlaskClient) -> list[str]:
    """Return where the tasks of the start page lead."""
    found = re.findall(r'<li class="task[^>]*>.*?href="([^"]+)"', client.get("/").text, re.DOTALL)
    return [html.unescape(each) for each in found]


def participant_of(session: Session, branch: Organisation) -> Participant:
    """Return a branch as it takes part."""
    query = select(Participant).where(Participant.organisation_id == branch.id)
    return session.scalars(query).one()


def put(session: Session, branch: Organisation, state: str, **more: Any) -> Application:
    """Add the application of a branch in a state, submitted two days ago where it was."""
    moment = now() - timedelta(days=2)
    application = Application(
        participant=participant_of(session, branch),
        state=ApplicationState(state),
        created_at=moment,
        changed_at=moment,
        submitted_at=None if state == "draft" else moment,
        **more,
    )
    session.add(application)
    session.commit()
    return application
