"""The register of the demonstration: the organisations of the sample workbook in their tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.files import Submission
from evaluator.organisations.details import Details, today
from evaluator.organisations.levels import enter_level
from evaluator.organisations.models import Kind, Organisation
from evaluator.organisations.operations import create
from evaluator.organisations.values import plain

DISTRICT = "中共临江新区工作委员会"
COLUMNS = ("members", "founded")
_BELOW = {"four_star": "three_star", "five_star": "four_star", "model": "five_star"}
_KINDS = {
    "总支部委员会": Kind.GENERAL_BRANCH,
    "党总支": Kind.GENERAL_BRANCH,
    "委员会": Kind.COMMITTEE,
}


class Register:
    """The register while it is entered: the district, its committees and every organisation."""

    def __init__(self, session: Session, actor: Actor, year: int):
        self.session, self.actor, self.year = session, actor, year
        details = Details(DISTRICT, Kind.WORKING_COMMITTEE)
        self.district = create(session, actor, code="LJ", parent=None, details=details)
        self.committees: dict[str, Organisation] = {}
        self.found: dict[str, Organisation] = {}

    def enter(self, submissions: Iterable[Submission]) -> None:
        """Enter organisations, as far as they are founded by now and not there yet."""
        for each in submissions:
            committee = self._committee(each.organisation.committee)
            if each.organisation.id not in self.found and _is_founded(each):
                entered = _enter(self.session, self.actor, each, committee, self.year)
                self.found[each.organisation.id] = entered

    def _committee(self, name: str) -> Organisation:
        if name not in self.committees:
            code = f"LJ-W{len(self.committees) + 1:02d}"
            self.committees[name] = create(
                self.session,
                self.actor,
                code=code,
                parent=self.district,
                details=Details(name, Kind.COMMITTEE),
            )
        return self.committees[name]


def _is_founded(each: Submission) -> bool:
    founded = plain(each.organisation.attributes.get("founded"))
    return not isinstance(founded, str) or founded <= today().isoformat()


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
    for since, level in _held_before(each, year):
        enter_level(session, actor, organisation=entered, year=since, level=level)
    return entered


def _held_before(each: Submission, year: int) -> Iterator[tuple[int, str]]:
    """Yield what was held before last year's round, which enters what it gave by itself.

    Whoever holds its level for a year rose to it then, from the level below.
    """
    level, years = each.organisation.previous_level, each.organisation.years_at_level
    if level and years > 1:
        yield year - years, level
    elif level in _BELOW:
        yield year - 3, _BELOW[level]


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
