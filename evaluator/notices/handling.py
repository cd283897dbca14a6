"""A second panel handles an objection: appointed, its opinions, the outcome with its reason."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from flask_babel import force_locale, lazy_gettext
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import Actor, Role
from evaluator.applications.locking import hold
from evaluator.applications.models import ApplicationState
from evaluator.applications.procedure import Act, Need
from evaluator.applications.states import move
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.notices.models import Handler, Objection, ObjectionState
from evaluator.notices.policy import (
    candidates,
    excluded,
    judges_of,
    require_handler,
    require_open,
    require_running,
)
from evaluator.notices.publishing import add_correction
from evaluator.notices.queries import open_objections, said
from evaluator.outbox.operations import write_letter, write_to_role
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

FEWEST = 2
"""So many of a second panel must have said what they think before an objection is decided."""
OUTCOMES = (ObjectionState.UPHELD, ObjectionState.NOT_UPHELD, ObjectionState.NOT_ADMITTED)


def appoint(
    session: Session, actor: Actor, *, objection: Objection, account_ids: Collection[int],
    version: int,
) -> None:  # fmt: skip
    """Set who handles an objection; who has given an opinion stays."""
    require_running(actor, objection)
    _require_version(objection, version)
    participant = objection.entry.participant
    known = {each.id: each for each in candidates(session, participant)}
    kept_out = excluded(session, participant, known)
    before = [each.account_id for each in objection.handlers]
    names = [each.account.name for each in objection.handlers]
    for each in account_ids:
        if each not in known or (each in kept_out and each not in before):
            raise Refusal(gettext("One of those chosen cannot handle this objection."))
    for handler in list(objection.handlers):
        if handler.account_id not in account_ids and handler.at is None:
            objection.handlers.remove(handler)
    there = {each.account_id for each in objection.handlers}
    added = [known[each] for each in account_ids if each not in there]
    objection.handlers.extend(Handler(account=each) for each in added)
    objection.state = ObjectionState.UNDER_CHECK if objection.handlers else ObjectionState.FILED
    _touch(objection)
    session.flush()
    after = {"handlers": [each.account.name for each in objection.handlers]}
    _write(session, actor, "appoint", objection, {"handlers": names}, after)
    for account in added:
        write_letter(
            session,
            actor,
            to=account,
            organisation_path=participant.path,
            about="objection.appointed",
            title=lazy_gettext("You handle an objection to %(name)s", name=participant.name),
            text=lazy_gettext("Read it and say what you think, with your reasons."),
            link=_link(objection),
            hold=False,
            batch=f"objection-{objection.id}",
        )


def give_opinion(
    session: Session, actor: Actor, *, objection: Objection, upholds: bool, opinion: str
) -> None:
    """Keep what a handler thinks of an objection; it may be changed until there is an outcome."""
    handler = require_handler(session, actor, objection)
    require_open(objection)
    handler.upholds, handler.opinion, handler.at = upholds, opinion, now()
    _touch(objection)
    session.flush()
    _write(session, actor, "give_opinion", objection, {}, {"upholds": upholds})
    if all(each.at is not None for each in objection.handlers):
        participant = objection.entry.participant
        write_to_role(
            session,
            actor,
            role=Role.ORGANISER,
            organisation_path=participant.path,
            about="objection.opinions",
            title=lazy_gettext("All opinions on an objection are in"),
            text=lazy_gettext(
                "The objection to %(name)s can be given its outcome.", name=participant.name
            ),
            link=_link(objection),
            hold=False,
            batch=f"objection-{objection.id}",
        )


def conclude(
    session: Session, actor: Actor, *, objection: Objection, outcome: ObjectionState, reason: str,
    version: int,
) -> None:  # fmt: skip
    """Give an objection its outcome, which follows the opinions of the second panel.

    Where it is upheld the name is taken off the notice, and its case is decided anew.
    """
    require_running(actor, objection)
    _require_version(objection, version)
    participant = objection.entry.participant
    if actor.account_id in judges_of(session, participant):
        raise Refusal(gettext("Whoever judged the case states no outcome."))
    _require_opinions(actor, objection, outcome)
    _require_discreet(objection, reason)
    application = hold(session, participant)
    objection.state, objection.outcome = outcome, reason
    objection.outcome_at, objection.outcome_by = now(), actor.account_id
    session.flush()
    _write(session, actor, "conclude", objection, {}, {"outcome": outcome}, reason)
    if application is None or application.state is not ApplicationState.OBJECTED:
        return
    met = {Need.HANDLED_BY_SECOND_PANEL}
    if outcome is ObjectionState.UPHELD:
        move(
            session, actor, participant=participant, act=Act.UPHOLD_OBJECTION, met=met,
            reason=reason,
        )  # fmt: skip
        _take_off(session, actor, objection)
    elif not open_objections(session, participant.id):
        move(
            session, actor, participant=participant, act=Act.DISMISS_OBJECTION, met=met,
            reason=reason,
        )  # fmt: skip


def majority(objection: Objection) -> ObjectionState | None:
    """Return the outcome that most of the second panel think right, None while there is none."""
    given = [each.upholds for each in objection.handlers if each.at is not None]
    if len(given) < max(FEWEST, len(objection.handlers)):
        return None
    uphold = sum(each is True for each in given)
    if 2 * uphold == len(given):
        return None
    return ObjectionState.UPHELD if 2 * uphold > len(given) else ObjectionState.NOT_UPHELD


def _require_opinions(actor: Actor, objection: Objection, outcome: ObjectionState) -> None:
    given = [each for each in objection.handlers if each.at is not None]
    if outcome is ObjectionState.NOT_ADMITTED:
        if not any(each.account_id != actor.account_id for each in given):
            raise Refusal(
                gettext("Somebody else of the second panel must have given an opinion first.")
            )
    elif len(given) < max(FEWEST, len(objection.handlers)):
        raise Refusal(
            gettext(
                "All who handle the objection, %(count)d of them at least, "
                "give their opinion before its outcome is stated.",
                count=FEWEST,
            )
        )
    elif majority(objection) is None:
        raise Refusal(gettext("The opinions are equally divided. Appoint one more person."))
    elif majority(objection) is not outcome:
        raise Refusal(gettext("The outcome must be what most of the second panel think right."))


def _require_discreet(objection: Objection, reason: str) -> None:
    """Keep the person out of what is published, logged and read by the organisation."""
    if any(each and each in reason for each in (objection.name, objection.contact)):
        raise Refusal(gettext("The reason is read by others: leave name and contact out of it."))


def _take_off(session: Session, actor: Actor, objection: Objection) -> None:
    entry = objection.entry
    entry.withdrawn_at = now()
    content = said(entry.notice)
    name = content.name(entry.id)
    if name is None:
        raise AssertionError("a published entry has a name")
    with force_locale("zh"):
        text = gettext(
            "%(name)s is taken off the notice after an objection; its level is decided anew.",
            name=name.name,
        )
    changed = content.with_name(replace(name, withdrawn=True))
    add_correction(session, actor, notice=entry.notice, content=changed, text=text)


def _require_version(objection: Objection, version: int) -> None:
    if objection.version != version:
        raise StaleDataError("the objection was changed since it was read")


def _touch(objection: Objection) -> None:
    """Let whoever read the objection before this be refused, also where only its panel changed."""
    flag_modified(objection, "state")


def _link(objection: Objection) -> str:
    return f"/objections/{objection.id}"


def _write(
    session: Session, actor: Actor, verb: str, objection: Objection,
    before: dict[str, Any], after: dict[str, Any], reason: str = "",
) -> None:  # fmt: skip
    """Write to the log; it never hears who objected, nor what was said."""
    write_line(
        session,
        actor,
        action=f"objection.{verb}",
        subject="objection",
        subject_id=objection.id,
        organisation_path=objection.entry.participant.path,
        before=before,
        after={"code": objection.entry.participant.code, **after},
        reason=reason,
    )
