"""Submissions to cells by key, in the spelling that the readers return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evaluator.files.columns import CATEGORY, IDENTITY, Column, columns_of
from evaluator.files.plans import NO_LEVEL
from evaluator.files.submissions import Submission
from evaluator.files.values import Read, value_reader
from evaluator.scoring.reading import Raw, Unreadable
from rules.syntax import RuleSet


@dataclass(frozen=True)
class CellWriter:
    """Turns submissions of one category into cells; made once."""

    columns: list[Column]
    readers: Mapping[str, Read]

    def cells(self, submission: Submission) -> dict[str, Raw]:
        """Return every cell by its key; None where there is nothing.

        A value that is not what its fact asks for stays as it is: files show what was given.
        """
        cells: dict[str, Raw] = _standing(submission)
        for column in self.columns:
            if column.role == "attribute":
                given = submission.organisation.attributes.get(column.name)
                cells[column.key] = self._spelt(column, given)
            elif column.role == "fact":
                cells[column.key] = self._spelt(column, _value(submission, column.name))
            elif column.role == "reason":
                cells[column.key] = _reason(submission, column.name)
        return cells

    def _spelt(self, column: Column, raw: Raw) -> Raw:
        if raw is None or raw == []:
            return [] if raw == [] and column.is_events else None
        try:
            return self.readers[column.key](raw)
        except Unreadable:
            return raw


def cell_writer(rule_set: RuleSet) -> CellWriter:
    """Return what turns submissions of a category into cells."""
    columns = columns_of(rule_set)
    readers = {
        column.key: value_reader(column.fact)
        for column in columns
        if column.fact and column.role != "reason"
    }
    return CellWriter(columns, readers)


def _standing(submission: Submission) -> dict[str, Raw]:
    organisation = submission.organisation
    known = {key: getattr(organisation, key) for key in (CATEGORY, *IDENTITY)}
    return known | {"previous_level": organisation.previous_level or NO_LEVEL}


def _value(submission: Submission, name: str) -> Raw:
    given = submission.facts.get(name)
    return given.get("value") if isinstance(given, Mapping) else given


def _reason(submission: Submission, name: str) -> Raw:
    given = submission.facts.get(name)
    return given.get("reason") if isinstance(given, Mapping) else None
