"""What is wrong with a template, and where."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.certificate.templates.sentences import SENTENCES

Values = tuple[tuple[str, str], ...]
MEANT = "meant"
"""The value that holds which of the allowed names was probably meant; empty for none."""


@dataclass(frozen=True, order=True, slots=True)
class Position:
    """A place in a file; lines and columns count from 1, as editors do."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One error: its place, a stable code, and the values of its sentence, which tells the rest."""

    where: Position
    code: str
    values: Values = ()

    @classmethod
    def of(cls, where: Position, code: str, values: Mapping[str, object]) -> Problem:
        """Make a problem of the values of its sentence."""
        return cls(where, code, tuple((name, str(value)) for name, value in values.items()))

    @property
    def message(self) -> str:
        """What was found, is allowed and mends it."""
        values = dict(self.values)
        meant = f' Did you mean "{values[MEANT]}"?' if values.get(MEANT) else ""
        return SENTENCES[self.code].format(**values) + meant

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


class TemplateErrors(ValueError):
    """Everything that is wrong with one template, in reading order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


def allowed(name: str, names: Iterable[str]) -> dict[str, str]:
    """Give which names are allowed, and which of them was probably meant."""
    known = list(names)
    close = difflib.get_close_matches(name, known, n=1)
    return {"allowed": ", ".join(known), MEANT: close[0] if close else ""}
