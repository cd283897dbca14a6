"""What waits for those who issue certificates, and which ones a branch holds itself."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from flask_babel import format_date, gettext
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.certificates.policy import manages
from evaluator.certificates.preparing import waiting
from evaluator.certificates.proposing import waiting_for
from evaluator.certificates.queries import own_certificates, to_replace
from evaluator.certificates.standing import standing_of
from evaluator.certificates.words import EVENTS, STATES
from evaluator.home.tasks import Task
from evaluator.rounds.models import Round

SHOWN = 3


def own_certificates_held(session: Session, actor: Actor) -> Iterator[Task]:
    """Yield the certificates of the branches that an actor applies for, with how they stand."""
    if not actor.may(Permission.FILL_APPLICATIONS) or not actor.may(Permission.SEE_AWARDS):
        return
    for each in own_certificates(session, actor, SHOWN):
        standing, until = standing_of(each), each.valid_until
        details = [each.serial]
        if standing.is_valid and until:
            details.append(gettext("Valid until %(day)s", day=format_date(until, "long")))
        if not standing.is_valid:
            details.append(str(EVENTS[standing.by]))
        yield Task(
            gettext("Certificate") + gettext(": ") + str(STATES[standing.state]),
            url_for("certificates.page", certificate_id=each.id),
            gettext("Show the certificate"),
            each.name,
            details,
            waits=False,
        )


def certificate_tasks(session: Session, actor: Actor, made: Round | None) -> Iterator[Task]:
    """Yield what waits in the registry of certificates, for branches what they hold."""
    yield from own_certificates_held(session, actor)
    if not manages(session, actor):
        return
    if count := waiting_for(session, actor):
        yield Task(
            gettext("Changes of certificates that wait for a second person"),
            url_for("certificates.listing", proposed=1),
            gettext("Show which"),
            details=(gettext("Certificates found: %(count)d", count=count),),
            urgent=True,
        )
    if made is not None and (count := waiting(session, made)):
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
