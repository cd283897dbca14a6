"""An application on its way through the procedure: every change of its state."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.applications.locking import hold
from evaluator.applications.models import Application
from evaluator.applications.procedure import PROCEDURE, Act, Need, Transition
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.rounds.models import Participant, RoundState
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext


def move(
    session: Session,
    actor: Actor,
    *,
    participant: Participant,
    act: Act,
    met: Collection[Need] = (),
    reason: str = "",
) -> Application:
    """Move an application as the procedure says; `met` are the needs that the caller has checked.

    Raises NotAllowed where the actor may not, Refusal where the application does not stand where
    the act begins, its step does not run, or a reason is missing. A need that nobody has checked is
    a mistake of ours.
    """
    _require_right(actor, participant, PROCEDURE[act])
    application = hold(session, participant)
    if application is None:
        raise Refusal(_elsewhere(act))
    move_held(session, actor, application=application, act=act, met=met, reason=reason)
    session.flush()
    return application


def move_held(
    session: Session,
    actor: Actor,
    *,
    application: Application,
    act: Act,
    met: Collection[Need] = (),
    reason: str = "",
    more: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Move an application that is held already; `more` goes into the log beside the state.

    The row is written with the next flush, so that thousands are moved by one statement.
    """
    way, participant = PROCEDURE[act], application.participant
    _require_right(actor, participant, way)
    if lacking := set(way.needs) - set(met):
        raise AssertionError(f"{act} needs {sorted(lacking)}")
    if application.state not in way.origins:
        raise Refusal(_elsewhere(act))
    _require_time(participant, way)
    if way.asks_reason and not reason.strip():
        raise Refusal(gettext("Say why: those concerned will read it."))
    before, application.state = application.state, way.to
    write_line(
        session,
        actor,
        action=f"application.{act}",
        subject="application",
        subject_id=application.id,
        organisation_path=participant.path,
        before={"state": before},
        after={"state": way.to, **more},
        reason=reason,
    )


def _require_right(actor: Actor, participant: Participant, way: Transition) -> None:
    if way.who is not None:
        actor.require(way.who, participant.path)


def _require_time(participant: Participant, way: Transition) -> None:
    made = participant.round
    step = made.step(way.step) if way.step else None
    if made.state is not RoundState.OPEN or (step is not None and not step.is_open(now())):
        raise Refusal(gettext("The round is not at this step now. The organiser can extend it."))


def _elsewhere(act: Act) -> str:
    if act in (Act.RETURN, Act.FINISH_REVIEW, Act.REOPEN_REVIEW):
        return gettext("The application does not lie with the committee now.")
    return gettext("The application has moved on in the meantime. Open the page anew.")
