"""Letters to the officers of branches about their admission; an organiser reads them first."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from flask_babel import LazyString, lazy_gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.applications.models import Application, ApplicationState
from evaluator.audit.operations import write_line
from evaluator.outbox.models import Letter, LetterState
from evaluator.outbox.operations import accounts_holding, take_back, write_letter
from evaluator.panels.policy import require_manager, require_open
from evaluator.rounds.models import Participant, Round
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

ADMITTED, NOT_ADMITTED, DISMISSED = "panel.admit", "panel.not_admitted", "panel.dismiss"


def tell_admitted(session: Session, actor: Actor, participants: Collection[Participant]) -> None:
    """Write to branches that they defend."""
    if not participants:
        return
    for each in participants:
        _overtaken(session, actor, NOT_ADMITTED, each)
        _overtaken(session, actor, DISMISSED, each)
    titles = {
        each: lazy_gettext("%(name)s is admitted to the defence", name=each.name)
        for each in participants
    }
    text = lazy_gettext(
        "Please prepare the report. Day, time and room follow when the timetable is published."
    )
    _write(session, actor, ADMITTED, titles, text)


def tell_dismissed(session: Session, actor: Actor, participant: Participant, reason: str) -> None:
    """Write to a branch that it does not defend after all, unless it never heard that it would."""
    if _overtaken(session, actor, ADMITTED, participant):
        return
    title = lazy_gettext("%(name)s does not take part in the defence", name=participant.name)
    text = lazy_gettext("Reason: %(reason)s", reason=reason)
    _write(session, actor, DISMISSED, {participant: title}, text)


def tell_not_admitted(
    session: Session, actor: Actor, *, made: Round, category: str, reason: str
) -> int:
    """Write to the branches of a category that do not defend, with the reason; return how many."""
    require_manager(session, actor)
    require_open(made)
    if not reason.strip():
        raise Refusal(gettext("Say why: those concerned will read it."))
    found = not_told(session, made, category)
    if not found:
        raise Refusal(gettext("Everybody who is not admitted has been told so."))
    titles = {
        each: lazy_gettext("%(name)s is not admitted to the defence", name=each.name)
        for each in found
    }
    text = lazy_gettext(
        "Reason: %(reason)s\nThe reviewed points of the application count all the same.",
        reason=reason.strip(),
    )
    _write(session, actor, NOT_ADMITTED, titles, text)
    write_line(
        session,
        actor,
        action="panel.tell_not_admitted",
        subject="round",
        subject_id=made.id,
        after={"category": category, "count": len(found)},
        reason=reason.strip(),
    )
    return len(found)


def not_told(session: Session, made: Round, category: str) -> Sequence[Participant]:
    """Return who was reviewed, was not admitted, and has no letter about that."""
    told = select(Letter.organisation_path).where(
        Letter.batch == _batch(NOT_ADMITTED, made.id), Letter.state != LetterState.WITHDRAWN
    )
    query = (
        select(Participant)
        .join(Application, Application.participant_id == Participant.id)
        .where(
            Participant.round_id == made.id,
            Participant.category == category,
            Application.state == ApplicationState.REVIEWED,
            Participant.path.not_in(told),
        )
        .order_by(Participant.code)
    )
    return session.scalars(query).all()


def _overtaken(session: Session, actor: Actor, about: str, participant: Participant) -> bool:
    """Take back what a branch was to be told before; return whether anything was."""
    reason = lazy_gettext("It was decided otherwise before the letter was let go.")
    place = participant.path
    return bool(take_back(session, actor, about=about, organisation_path=place, reason=reason))


def _write(
    session: Session,
    actor: Actor,
    about: str,
    titles: dict[Participant, LazyString],
    text: LazyString,
) -> None:
    officers = accounts_holding(session, Role.BRANCH_OFFICER, [each.path for each in titles])
    for participant, title in titles.items():
        for account in officers[participant.path]:
            write_letter(
                session,
                actor,
                to=account,
                organisation_path=participant.path,
                about=about,
                title=title,
                text=text,
                link=f"/applications/{participant.id}",
                batch=_batch(about, participant.round_id),
            )


def _batch(about: str, round_id: int) -> str:
    return f"{about.replace('.', '-').replace('_', '-')}-{round_id}"
