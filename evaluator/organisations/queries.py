"""Reading the register, always within what the caller may see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, NotAllowed, Permission, within
from evaluator.organisations.models import (
    Organisation,
    OrganisationChange,
    Status,
    Succession,
    Tier,
)
from evaluator.organisations.pinyin import initials_pattern

SEE = Permission.SEE_ORGANISATIONS


@dataclass(frozen=True)
class Wanted:
    """What a list of organisations is narrowed to; what is empty narrows nothing."""

    words: str = ""
    below: Organisation | None = None
    tier: Tier | None = None
    category: str = ""
    status: Status | None = None


def visible_organisations(actor: Actor, permission: Permission = SEE) -> Select[Organisation]:
    """Return the query of the organisations for which the actor has a permission, in order."""
    return (
        select(Organisation)
        .where(within(Organisation.path, actor, permission))
        .order_by(Organisation.sort_key, Organisation.id)
    )


def find_organisation(
    session: Session, actor: Actor, permission: Permission, organisation_id: int
) -> Organisation:
    """Return an organisation; raises NotAllowed where it is not there for this actor."""
    found = session.get(Organisation, organisation_id)
    if found is None or not actor.may(permission, found.path):
        raise NotAllowed(permission)
    return found


def listed_organisations(
    actor: Actor, wanted: Wanted, permission: Permission = SEE
) -> Select[Organisation]:
    """Return the query of the visible organisations that a list asks for."""
    query = visible_organisations(actor, permission)
    if wanted.words.strip():
        query = query.where(names_match(wanted.words.strip()))
    if wanted.below is not None:
        query = query.where(Organisation.path.startswith(wanted.below.path, autoescape=True))
    if wanted.tier is not None:
        query = query.where(Organisation.tier == wanted.tier)
    if wanted.category:
        query = query.where(Organisation.category == wanted.category)
    if wanted.status is not None:
        query = query.where(Organisation.status == wanted.status)
    return query


def names_match(words: str, of: Any = Organisation) -> ColumnElement[bool]:
    """Return the condition of a search by name, code, pinyin or the initials of the pinyin.

    `of` is the class of the rows: the register's, or that of participants as they were then.
    """
    key = of.sort_key
    conditions = [
        of.name.icontains(words, autoescape=True),
        of.code.istartswith(words, autoescape=True),
        func.replace(key, " ", "").icontains(words.replace(" ", ""), autoescape=True),
    ]
    pattern = initials_pattern(words)
    if pattern:
        conditions.append((" " + key).like(pattern))
    return or_(*conditions)


def visible_committees(session: Session, actor: Actor) -> Mapping[int, str]:
    """Return the names of the committees that the actor may see and that go on, by number."""
    query = (
        visible_organisations(actor)
        .where(Organisation.tier == Tier.COMMITTEE, Organisation.status == Status.ACTIVE)
        .with_only_columns(Organisation.id, Organisation.name)
    )
    return dict(session.execute(query).all())


def found_below(session: Session, actor: Actor, wanted: Wanted) -> Mapping[int, int]:
    """Return how many of what a list asks for stand directly below each organisation, by number.

    The place to which the list is narrowed does not count: the numbers tell what is elsewhere.
    What stands below none, the district, is counted at 0.
    """
    query = (
        listed_organisations(actor, replace(wanted, below=None))
        .with_only_columns(Organisation.parent_id, func.count())
        .group_by(Organisation.parent_id)
        .order_by(None)
    )
    return {parent or 0: count for parent, count in session.execute(query)}


def names_above(session: Session, organisations: Iterable[Organisation]) -> Mapping[int, str]:
    """Return the names of all that stand above these, by number: an organisation tells its own
    committee to whoever may see it."""
    numbers = {int(each) for row in organisations for each in row.path.strip("/").split("/")[:-1]}
    return _names(session, numbers)


def committee_names(
    session: Session, organisations: Iterable[Organisation], known: Mapping[int, str]
) -> Mapping[int, str]:
    """Return the names of the committees of these, by number, beside those that are known.

    An organisation tells its own committee to whoever may see it.
    """
    numbers = {number for each in organisations if (number := each.committee_id) is not None}
    missing = numbers - known.keys()
    if not missing:
        return known
    return {**known, **_names(session, missing)}


def _names(session: Session, numbers: Collection[int]) -> dict[int, str]:
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(numbers))
    return dict(session.execute(query).all())


def active_branches() -> Select[Organisation]:
    """Return the query of all branches that go on and are rated, for a round to freeze."""
    return (
        select(Organisation)
        .where(
            Organisation.tier == Tier.BRANCH,
            Organisation.status == Status.ACTIVE,
            Organisation.category.is_not(None),
        )
        .order_by(Organisation.sort_key, Organisation.id)
    )


def history_of(session: Session, organisation: Organisation) -> list[OrganisationChange]:
    """Return what happened to an organisation, the newest first."""
    query = (
        select(OrganisationChange)
        .where(OrganisationChange.organisation_id == organisation.id)
        .order_by(OrganisationChange.on.desc(), OrganisationChange.id.desc())
    )
    return list(session.scalars(query))


def relatives(
    session: Session, actor: Actor, organisation: Organisation
) -> tuple[list[Organisation], list[Organisation]]:
    """Return predecessors and successors, those alone that the actor may see."""
    before = visible_organisations(actor).join(
        Succession, Succession.predecessor_id == Organisation.id
    )
    after = visible_organisations(actor).join(
        Succession, Succession.successor_id == Organisation.id
    )
    return (
        list(session.scalars(before.where(Succession.successor_id == organisation.id))),
        list(session.scalars(after.where(Succession.predecessor_id == organisation.id))),
    )


def visible_names(session: Session, actor: Actor, numbers: Collection[int]) -> Mapping[int, str]:
    """Return the names of those of these organisations that the actor may see."""
    if not numbers:
        return {}
    query = select(Organisation.id, Organisation.name).where(
        Organisation.id.in_(numbers), within(Organisation.path, actor, SEE)
    )
    return dict(session.execute(query).all())
