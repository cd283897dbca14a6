"""What waits for those who issue certificates: awards without one, and ones to be issued anew."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.certificates.policy import manages
from evaluator.certificates.preparing import waiting
from evaluator.certificates.queries import to_replace
from evaluator.home.tasks import Task
from evaluator.rounds.models import Round


def certificate_tasks(session: Session, actor: Actor, made: Round | None) -> Iterator[Task]:
    """Yield what waits in the registry of certificates."""
    if made is None or not manages(session, actor):
        return
    if count := waiting(session, made):
        yield Task(
            gettext("Awards wait for their certificates"),
            url_for("certificates.preview", round_id=made.id),
            gettext("Prepare a batch"),
            made.title,
            (gettext("Get a certificate: %(count)d", count=count),),
        )
    if count := to_replace(session):
        yield Task(
            gettext("Levels were lowered; other certificates are to be issued"),
            url_for("certificates.listing", lowered=1),
            gettext("Show which"),
            details=(gettext("Certificates found: %(count)d", count=count),),
        )
