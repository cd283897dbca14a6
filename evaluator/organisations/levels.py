"""Levels that organisations hold since a year, written into the register."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.organisations.details import today
from evaluator.organisations.models import Organisation, StandingLevel
from evaluator.organisations.writing import audit, note_changes

EDIT = Permission.EDIT_ORGANISATIONS


def enter_level(
    session: Session,
    actor: Actor,
    *,
    organisation: Organisation,
    year: int,
    level: str,
    reason: str = "",
) -> None:
    """Write down the level that an organisation holds since a year, as an earlier round gave it."""
    enter_levels(session, actor, levels={organisation: level}, year=year, reason=reason)


def enter_levels(
    session: Session,
    actor: Actor,
    *,
    levels: Mapping[Organisation, str],
    year: int,
    reason: str = "",
) -> None:
    """Write down the levels that organisations hold since a year; one query, however many."""
    for organisation in levels:
        actor.require(EDIT, organisation.path)
    query = select(StandingLevel).where(
        StandingLevel.organisation_id.in_([each.id for each in levels]), StandingLevel.year == year
    )
    rows = {row.organisation_id: row for row in session.scalars(query)}
    for organisation, level in levels.items():
        row = rows.get(organisation.id)
        before = {"year": year, "level": row.level} if row else {}
        if row is not None:
            row.level = level
        after = {"year": year, "level": level}
        audit(session, actor, organisation, "level", before=before, after=after, reason=reason)
    new = [
        {"organisation_id": each.id, "year": year, "level": level}
        for each, level in levels.items()
        if each.id not in rows
    ]
    if new:
        session.execute(insert(StandingLevel), new)
    details = {each: {"year": year, "level": level} for each, level in levels.items()}
    note_changes(session, actor, details, "level", on=today(), reason=reason)
