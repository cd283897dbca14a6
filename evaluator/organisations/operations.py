"""What happens to a single organisation: it is entered, edited, moved, dissolved."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext
from sqlalchemy import func, literal, select, update
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.organisations.catalogue import catalogue
from evaluator.organisations.details import (
    Details,
    Mistakes,
    code_mistake,
    detail_mistakes,
    details_of,
    today,
)
from evaluator.organisations.models import Kind, Organisation, Status
from evaluator.organisations.tree import (
    is_below,
    may_hold_branches,
    parent_mistake,
    tier_below,
)
from evaluator.organisations.writing import (
    audit,
    insert,
    note_change,
    refuse_day,
    refuse_district,
    refuse_ended,
    refuse_stale,
    take_turn,
    values_of,
)
from evaluator.web.errors import Refusal
from rules.syntax import Words

EDIT = Permission.EDIT_ORGANISATIONS
RESTRUCTURE = Permission.RESTRUCTURE_ORGANISATIONS


def create(
    session: Session,
    actor: Actor,
    *,
    code: str,
    parent: Organisation | None,
    details: Details,
    on: date | None = None,
    reason: str = "",
    what: str = "entered",
) -> Organisation:
    """Enter an organisation into the register; raises Mistakes by field.

    Its tier follows from its parent. Only the platform itself enters a district.
    """
    actor.require(EDIT, parent.path if parent else "/")
    take_turn(session)
    if parent is not None:
        refuse_stale(session, parent, None)
    details = details.completed()
    tier = tier_below(parent)
    mistakes = detail_mistakes(details, tier, catalogue(session))
    if parent is not None and (wrong := parent_mistake(tier, details.kind, parent)):
        mistakes["parent"] = wrong
    if wrong := code_mistake(code):
        mistakes["code"] = wrong
    if mistakes:
        raise Mistakes(mistakes)
    made = Organisation(code=code, tier=tier, parent_id=parent.id if parent else None)
    apply_details(made, details)
    insert(session, made, parent)
    day = on or today()
    note_change(session, actor, made, what, on=day, reason=reason)
    after = {"code": code, "path": made.path, **values_of(details)}
    audit(session, actor, made, "create", after=after, reason=reason)
    return made


def edit(
    session: Session,
    actor: Actor,
    *,
    organisation: Organisation,
    version: int | None,
    details: Details,
    on: date | None = None,
    reason: str = "",
) -> bool:
    """Change the details of an organisation; return whether anything is different.

    `version` is the one that the caller has read; a newer one is refused. Raises Mistakes.
    """
    actor.require(EDIT, organisation.path)
    if details.kind is not organisation.kind:
        take_turn(session)
    refuse_stale(session, organisation, version)
    refuse_ended(organisation)
    details = details.completed()
    mistakes = detail_mistakes(details, organisation.tier, catalogue(session))
    mistakes |= _place_mistakes(session, organisation, details.kind)
    if mistakes:
        raise Mistakes(mistakes)
    before, after = difference(values_of(details_of(organisation)), values_of(details))
    if not after:
        return False
    apply_details(organisation, details)
    changes = {"before": before, "after": after}
    day = on or today()
    refuse_day(day)
    note_change(session, actor, organisation, "edited", on=day, reason=reason, details=changes)
    audit(session, actor, organisation, "edit", before=before, after=after, reason=reason)
    return True


def move(
    session: Session,
    actor: Actor,
    *,
    organisation: Organisation,
    version: int | None,
    parent: Organisation,
    on: date,
    reason: str,
) -> None:
    """Put an organisation, and all below it, to another place of the tree; raises Mistakes."""
    actor.require(RESTRUCTURE, organisation.path)
    actor.require(RESTRUCTURE, parent.path)
    take_turn(session)
    refuse_stale(session, parent, None)
    refuse_stale(session, organisation, version)
    refuse_ended(organisation)
    refuse_district(organisation)
    refuse_day(on, organisation)
    if wrong := move_mistake(organisation, parent):
        raise Mistakes({"parent": wrong})
    place = {"path": organisation.path, "parent_id": organisation.parent_id}
    put_below(session, organisation, parent)
    ends = {"from": place["parent_id"], "to": parent.id}
    note_change(session, actor, organisation, "moved", on=on, reason=reason, details=ends)
    after = {"path": organisation.path, "parent_id": parent.id}
    audit(session, actor, organisation, "move", before=place, after=after, reason=reason)


def move_mistake(organisation: Organisation, parent: Organisation) -> Words | None:
    """Return why an organisation cannot stand below a parent, None where it can."""
    if is_below(parent.path, organisation):
        return Words(
            f"{parent.name}就在该党组织之内，不能作为其上级；请另选",
            f"{parent.name} is the organisation itself or stands below it; choose another place",
        )
    if parent.id == organisation.parent_id:
        return Words(
            f"已经隶属于{parent.name}；请另选",
            f"it stands below {parent.name} already; choose another",
        )
    return parent_mistake(organisation.tier, organisation.kind, parent)


def put_below(session: Session, organisation: Organisation, parent: Organisation) -> None:
    """Give an organisation another parent; the paths of all below it follow."""
    old, new = organisation.path, f"{parent.path}{organisation.id}/"
    organisation.parent_id = parent.id
    organisation.path = new
    session.flush()
    if not may_hold_branches(organisation.kind):
        return
    moved = update(Organisation).where(Organisation.path.startswith(old, autoescape=True))
    rest = func.substr(Organisation.path, len(old) + 1)
    session.execute(
        moved.values(path=literal(new) + rest, version=Organisation.version + 1),
        execution_options={"synchronize_session": "fetch"},
    )


def dissolve(
    session: Session,
    actor: Actor,
    *,
    organisation: Organisation,
    version: int | None,
    on: date,
    reason: str,
) -> None:
    """End an organisation; one that has others below it is refused."""
    actor.require(RESTRUCTURE, organisation.path)
    take_turn(session)
    refuse_stale(session, organisation, version)
    refuse_ended(organisation)
    refuse_district(organisation)
    refuse_day(on, organisation)
    refuse_with_others_below(session, organisation)
    organisation.status = Status.DISSOLVED
    note_change(session, actor, organisation, "dissolved", on=on, reason=reason)
    before, after = {"status": Status.ACTIVE.value}, {"status": Status.DISSOLVED.value}
    audit(session, actor, organisation, "dissolve", before=before, after=after, reason=reason)


def children_of(session: Session, organisation: Organisation) -> list[Organisation]:
    """Return what goes on directly below an organisation."""
    query = select(Organisation).where(
        Organisation.parent_id == organisation.id, Organisation.status == Status.ACTIVE
    )
    return list(session.scalars(query.order_by(Organisation.sort_key, Organisation.id)))


def refuse_with_others_below(session: Session, organisation: Organisation) -> None:
    """Refuse to end an organisation that has others below it."""
    count = len(children_of(session, organisation))
    if count:
        raise Refusal(
            gettext(
                "%(name)s still has %(count)d organisations below it. Move or dissolve them first.",
                name=organisation.name,
                count=count,
            )
        )


def apply_details(organisation: Organisation, details: Details) -> None:
    """Write completed details that hold no mistake into a row."""
    organisation.name = details.name
    organisation.sort_key = details.sort_key
    organisation.kind = details.kind
    organisation.category = details.category
    organisation.members = details.members
    organisation.founded = details.founded
    organisation.secretary = details.secretary
    organisation.attributes = dict(details.attributes)


def _place_mistakes(session: Session, organisation: Organisation, kind: Kind) -> dict[str, Words]:
    """Return why a new kind does not fit what stands above and below."""
    if kind is organisation.kind:
        return {}
    parent = organisation.parent
    wrong = parent_mistake(organisation.tier, kind, parent) if parent else None
    if wrong is None and not may_hold_branches(kind) and children_of(session, organisation):
        wrong = Words(
            "其下还有党组织，不能改为党支部；请先调整下级的隶属关系",
            "others stand below it, which a branch cannot have; move them first",
        )
    return {"kind": wrong} if wrong else {}


def difference(
    before: dict[str, Any], after: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the values that differ, as they were and as they are."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: before.get(name) for name in names}, {name: after.get(name) for name in names}
