"""A score sheet as its page shows it: fields with their marks, anchors and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evaluator.defences.models import ScoreSheet
from evaluator.defences.policy import first_stands
from evaluator.defences.queries import Desk
from evaluator.defences.rubric import Criterion
from evaluator.defences.sheets import Conflict, Writing, flaw_of
from evaluator.defences.typed import AFTER, BEFORE, WORDS, field_names, kept, mark, shown
from evaluator.web.wording import gettext
from forms.defences import sheet_form


@dataclass(frozen=True)
class FieldLine:
    """One field: what it shows, its mark, what is wrong, and what another device wrote."""

    name: str
    field: Any
    mark: str
    message: str = ""
    is_wrong: bool = False
    theirs: Conflict | None = None
    stands: bool = False
    follows: bool = False


@dataclass(frozen=True)
class CriterionLine:
    """A criterion with both its scores."""

    criterion: Criterion
    before: FieldLine
    after: FieldLine


class SheetPage:
    """The fields of a sheet after perhaps some were written."""

    def __init__(
        self,
        desk: Desk,
        language: str,
        writing: Writing | None = None,
        wrong: Mapping[str, str] | None = None,
    ):
        self.desk, self.language = desk, language
        self.sheet: ScoreSheet | None = writing.sheet if writing else desk.sheet
        self.conflicts = writing.conflicts if writing else {}
        self.standing = writing.standing if writing else set()
        self.wrong = wrong or {}
        rubric = {each.name: each.fact for each in desk.rubric}
        values = {name: self._value(name) for name in self.names}
        self.form = sheet_form(rubric, language)(formdata=None, data=values)

    @property
    def names(self) -> list[str]:
        """Return the fields of the sheet."""
        return field_names(self.desk.rubric)

    @property
    def version(self) -> int:
        """Return the version of the sheet, 0 before there is one."""
        return self.sheet.version if self.sheet else 0

    @property
    def criteria(self) -> Sequence[CriterionLine]:
        """Return the criteria with their fields."""
        return [
            CriterionLine(each, self.line(BEFORE + each.name), self.line(AFTER + each.name))
            for each in self.desk.rubric
        ]

    @property
    def words(self) -> Sequence[FieldLine]:
        """Return the fields for words."""
        return [self.line(name) for name in WORDS]

    def line(self, name: str) -> FieldLine:
        """Return a field of the sheet."""
        message, is_wrong = self._message(name)
        value = shown(self.sheet, name)
        stands = name.startswith(BEFORE) and first_stands(self.desk.sitting)
        return FieldLine(
            name=name,
            field=self.form[name],
            mark=mark(self.sheet, name),
            message=message,
            is_wrong=is_wrong,
            theirs=self.conflicts.get(name),
            stands=stands and bool(value) and self._flaw(name) is None,
            follows=name.startswith(AFTER) and not kept(self.sheet, name),
        )

    def _value(self, name: str) -> str:
        theirs = self.conflicts.get(name)
        return theirs.mine if theirs else shown(self.sheet, name)

    def _message(self, name: str) -> tuple[str, bool]:
        if name in self.standing:
            words = gettext(
                "The first score stands since the questions began; change the second one."
            )
            return words, True
        if name in self.wrong:
            return self.wrong[name], True
        flaw = self._flaw(name)
        return (flaw, True) if flaw else ("", False)

    def _flaw(self, name: str) -> str | None:
        value = shown(self.sheet, name)
        if not value or name in WORDS:
            return None
        criterion = next(each for each in self.desk.rubric if name.partition("-")[2] == each.name)
        flaw = flaw_of(criterion, value)
        return None if flaw is None else flaw.zh if self.language == "zh" else flaw.en
