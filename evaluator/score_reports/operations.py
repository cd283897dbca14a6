"""What a branch does with its plan for the next star."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import Actor, Permission
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.rounds.calendar import ZONE
from evaluator.rounds.models import Participant
from evaluator.score_reports.content import Suggestion
from evaluator.score_reports.models import PlanItem
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

PLAN = Permission.PLAN_NEXT_STAR


@dataclass(frozen=True)
class Wish:
    """What a branch means to do, who sees to it, and by when."""

    text: str
    owner: str
    due: date


def take_in(
    session: Session, actor: Actor, *, participant: Participant, suggestion: Suggestion, wish: Wish
) -> PlanItem:
    """Take a suggestion of a report into the plan of its organisation."""
    actor.require(PLAN, participant.path)
    query = select(PlanItem.id).where(
        PlanItem.organisation_id == participant.organisation_id,
        PlanItem.round_id == participant.round_id,
        PlanItem.item == suggestion.id,
    )
    if session.scalar(query) is not None:
        raise Refusal(gettext("This stands in the plan already; change it there."))
    item = PlanItem(
        organisation_id=participant.organisation_id,
        round_id=participant.round_id,
        item=suggestion.id,
        title=suggestion.title,
        how=suggestion.how,
        **_columns(wish),
        changed_at=now(),
        account_id=actor.account_id,
    )
    session.add(item)
    session.flush()
    _write(session, actor, "take_in", item, participant.path, after=_said(item))
    return item


def change(
    session: Session,
    actor: Actor,
    *,
    item: PlanItem,
    path: str,
    wish: Wish,
    is_done: bool,
    version: int,
) -> None:
    """Change an item of a plan, or note that it is done; `path` is where its organisation is."""
    actor.require(PLAN, path)
    if item.version != version:
        raise StaleDataError
    before = _said(item)
    for name, value in _columns(wish).items():
        setattr(item, name, value)
    item.done_on = (item.done_on or today()) if is_done else None
    after = _said(item)
    if before == after:
        return
    item.changed_at, item.account_id = now(), actor.account_id
    _write(session, actor, "change", item, path, before, after)


def drop(session: Session, actor: Actor, *, item: PlanItem, path: str) -> None:
    """Take an item out of a plan."""
    actor.require(PLAN, path)
    _write(session, actor, "drop", item, path, before=_said(item))
    session.delete(item)


def today() -> date:
    """Return the day that it is in the district."""
    return now().astimezone(ZONE).date()


def _columns(wish: Wish) -> dict[str, Any]:
    return {"text": wish.text.strip(), "owner": wish.owner.strip(), "due": wish.due}


def _said(item: PlanItem) -> dict[str, Any]:
    return {
        "title": item.title,
        "text": item.text,
        "owner": item.owner,
        "due": item.due,
        "done_on": item.done_on,
    }


def _write(
    session: Session,
    actor: Actor,
    verb: str,
    item: PlanItem,
    path: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    write_line(
        session,
        actor,
        action=f"plan_item.{verb}",
        subject="plan_item",
        subject_id=item.id,
        organisation_path=path,
        before=before,
        after=after,
    )
