"""Where something stands in a file, and what is wrong with it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Position:
    """A place in a file; lines and columns count from 1, as editors do."""

    file: str = "<text>"
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def shifted(self, columns: int) -> Position:
        """Return the place that many columns further right on the same line."""
        return Position(self.file, self.line, self.column + columns)


@dataclass(frozen=True, order=True)
class Problem:
    """One error: its place, a stable code, and what was found, is allowed and mends it."""

    where: Position
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: error[{self.code}]: {self.message}"

    def as_json(self) -> dict[str, str | int]:
        """Return the problem as `rules check --format json` prints it."""
        return {
            "file": self.where.file,
            "line": self.where.line,
            "column": self.where.column,
            "code": self.code,
            "message": self.message,
        }


class RuleErrors(Exception):
    """Everything that is wrong with one file, in reading order."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


def closest(name: str, allowed: Iterable[str]) -> str:
    """Return the allowed name that looks most like a misspelt one, or nothing."""
    found = difflib.get_close_matches(name, list(allowed), n=1)
    return found[0] if found else ""


def nearest(name: str, allowed: Iterable[str]) -> str:
    """Return ` Did you mean "x"?` for the closest allowed name, or nothing."""
    found = closest(name, allowed)
    return f' Did you mean "{found}"?' if found else ""


def listed(names: Iterable[str]) -> str:
    """Return names as they stand in a sentence: `a, b, c`, or `none` where there are none."""
    return ", ".join(names) or "none"
