"""The register of the demonstration: the organisations of the sample workbook in their tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.files import Submission
from evaluator.organisations.details import Details
from evaluator.organisations.levels import enter_level
from evaluator.organisations.models import Kind, Organisation
from evaluator.organisations.operations import create
from evaluator.organisations.values import plain

DISTRICT = "中共临江新区工作委员会"
COLUMNS = ("members", "founded")
_KINDS = {
    "总支部委员会": Kind.GENERAL_BRANCH,
    "党总支": Kind.GENERAL_BRANCH,
    "委员会": Kind.COMMITTEE,
}


def load_register(
    session: Session, actor: Actor, submissions: Iterable[Submission], year: int
) -> dict[str, Organisation]:
    """Enter the district, its committees and every organisation; return them by code."""
    district = create(
        session,
        actor,
        code="LJ",
        parent=None,
        details=Details(DISTRICT, Kind.WORKING_COMMITTEE),
    )
    committees: dict[str, Organisation] = {}
    found: dict[str, Organisation] = {}
    for each in submissions:
        name = each.organisation.committee
        if name not in committees:
            details = Details(name, Kind.COMMITTEE)
            code = f"LJ-W{len(committees) + 1:02d}"
            committees[name] = create(session, actor, code=code, parent=district, details=details)
        found[each.organisation.id] = _enter(session, actor, each, committees[name], year)
    return found


def _enter(
    session: Session, actor: Actor, each: Submission, committee: Organisation, year: int
) -> Organisation:
    attributes = {name: plain(value) for name, value in each.organisation.attributes.items()}
    entered = create(
        session,
        actor,
        code=each.organisation.id,
        parent=committee,
        details=_details(each.organisation.name, each.organisation.category, attributes),
    )
    if each.organisation.previous_level:
        since = year - max(1, each.organisation.years_at_level)
        level = each.organisation.previous_level
        enter_level(session, actor, organisation=entered, year=since, level=level)
    return entered


def _details(name: str, category: str, attributes: Mapping[str, Any]) -> Details:
    founded = attributes.get("founded")
    return Details(
        name,
        next((kind for ending, kind in _KINDS.items() if name.endswith(ending)), Kind.BRANCH),
        category=category,
        members=int(attributes.get("members", 0)),
        founded=date.fromisoformat(founded) if founded else None,
        attributes={key: value for key, value in attributes.items() if key not in COLUMNS},
    )
