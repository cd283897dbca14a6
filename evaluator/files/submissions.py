"""What a file of a round holds: one organisation with its facts, and what is wrong with a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evaluator.scoring.inputs import Organisation


@dataclass(frozen=True)
class Submission:
    """The facts of one organisation, and where they stand in their file."""

    organisation: Organisation
    facts: Mapping[str, object]
    where: str


@dataclass(frozen=True)
class TableProblem:
    """One error of a table: row, column (empty for the whole row or file), what is wrong."""

    where: str
    column: str
    zh: str
    en: str
    row: int = field(default=0, compare=False)
    """The number of the row, where there is one: problems are told from the top down."""

    def __str__(self) -> str:
        place = f"{self.where}, column {self.column}" if self.column else self.where
        return f"{place}: {self.en}"

    def in_chinese(self) -> str:
        """Return place and error as a Chinese sentence."""
        place = f"{self.where} {self.column}列" if self.column else self.where
        return f"{place}：{self.zh}"

    def told(self, language: str) -> tuple[str, str]:
        """Return place and error for a page; rows of a workbook are named in its language."""
        if language == "zh":
            return self.where, self.zh
        return _row_in_english(self.where), _row_in_english(self.en)


_ROW_OF_A_SHEET = re.compile("工作表“(.*?)”第([0-9]+)行")


def _row_in_english(text: str) -> str:
    return _ROW_OF_A_SHEET.sub(r"sheet “\1”, row \2", text)


class TableErrors(Exception):
    """Everything that is wrong with one file, in reading order."""

    def __init__(self, problems: Iterable[TableProblem]):
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


def whole_file(path: Path, zh: str, en: str) -> TableErrors:
    """Return the error of a file that cannot be read at all."""
    return TableErrors([TableProblem(path.name, "", zh, en)])
