"""What an uploaded register would do: for each row a new organisation, a change, or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from evaluator.files.plans import NO_LEVEL
from evaluator.files.submissions import TableProblem
from evaluator.organisations.details import Details, details_of
from evaluator.organisations.models import Kind, Organisation
from evaluator.organisations.operations import difference
from evaluator.organisations.register_rows import GivenRow
from evaluator.organisations.standing import Standing
from evaluator.organisations.writing import values_of

PLAIN = ("name", "secretary", "sort_key")


@dataclass(eq=False)
class Proposal:
    """What one row would do; `organisation` is None where it enters a new one."""

    row: GivenRow
    organisation: Organisation | None
    details: Details
    parent: Organisation | None = None
    """Where it will stand; one that the file itself enters is not in the database yet."""
    level: tuple[int, str] | None = None
    """A level that is to be written down, with the year since which it is held."""
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)

    @property
    def moves(self) -> bool:
        """Return whether an organisation of the register gets another parent."""
        if self.organisation is None or self.parent is None:
            return False
        return self.parent.id is None or self.parent.id != self.organisation.parent_id

    @property
    def is_change(self) -> bool:
        """Return whether the row does anything."""
        return bool(self.organisation is None or self.after or self.moves or self.level)


@dataclass(frozen=True)
class Preview:
    """What a file would do, and what is wrong with it; with anything wrong it does nothing."""

    problems: Sequence[TableProblem]
    wrong: int
    """How many rows have a problem."""
    new: Sequence[Proposal]
    changed: Sequence[Proposal]
    same: int

    @property
    def can_be_confirmed(self) -> bool:
        """Return whether there is something to do, and nothing wrong."""
        return not self.problems and bool(self.new or self.changed)

    def digest(self) -> str:
        """Return the digest of all that the file would do to the register as it is now."""
        content = [_plain(each) for each in (*self.new, *self.changed)]
        text = json.dumps(content, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def proposal_of(row: GivenRow, organisation: Organisation | None, standing: Standing) -> Proposal:
    """Return what a row would do, its place left open; what it does not give stays as it is."""
    kept = details_of(organisation) if organisation else Details(name="", kind=Kind.BRANCH)
    details = _details(row, kept).completed()
    proposal = Proposal(row, organisation, details, level=_level(row, standing))
    if organisation is not None:
        proposal.before, proposal.after = difference(values_of(kept), values_of(details))
    return proposal


def _details(row: GivenRow, kept: Details) -> Details:
    """Return the details that a row comes to."""
    values = row.values
    plain = {key: str(values[key] or "") for key in PLAIN if row.gives(key)}
    given: dict[str, Any] = {**plain, "category": values["category"]}
    if values.get("kind"):
        given["kind"] = Kind(str(values["kind"]))
    if values.get("members") is not None:
        given["members"] = int(str(values["members"]))
    if row.gives("founded"):
        founded = values["founded"]
        given["founded"] = date.fromisoformat(str(founded)) if founded else None
    # A key that was made from the old name does not fit the new one.
    if given.get("name", kept.name) != kept.name and given.get("sort_key") == kept.sort_key:
        given["sort_key"] = ""
    joined = {**kept.attributes, **row.attributes}
    attributes = {name: value for name, value in joined.items() if value is not None}
    return replace(kept, **given, attributes=attributes)


def _level(row: GivenRow, standing: Standing) -> tuple[int, str] | None:
    """Return the level that a row writes down, None where it says what is known already."""
    level, since = row.values.get("previous_level"), row.values.get("level_since")
    if level is None or level == NO_LEVEL or since is None:
        return None
    year = int(str(since))
    return None if (standing.level, standing.since) == (level, year) else (year, str(level))


def _plain(proposal: Proposal) -> list[Any]:
    organisation, parent = proposal.organisation, proposal.parent
    return [
        proposal.row.code,
        organisation.version if organisation else None,
        parent.code if parent and (proposal.moves or organisation is None) else None,
        values_of(proposal.details),
        proposal.level,
    ]
