"""What the page of a part shows, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from evaluator.applications.draft import Flaw
from rules.syntax import Indicator

Table = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Theirs:
    """What somebody else wrote into a field in the meantime."""

    words: str
    reason: str
    mark: str
    by: str
    at: datetime | None


@dataclass(frozen=True)
class FactLine:
    """A fact on the page: its field where the branch may say something, and what is known.

    `field` is None where the fact comes from others.
    """

    name: str
    label: str
    shown: str
    source: str
    as_of: date | None
    known: str
    """What is known without the branch, in words; empty where nothing is."""
    table: Table
    columns: Sequence[str]
    field: Any
    reason: str
    mark: str
    needs_reason: bool
    corrected: bool
    copied: bool
    flaw: Flaw | None
    message: str
    theirs: Theirs | None


@dataclass(frozen=True)
class Reference:
    """A fact that is asked elsewhere: its value, and where it is asked."""

    label: str
    shown: str
    part: str
    anchor: str
    title: str


@dataclass(frozen=True)
class Score:
    """The points of an indicator so far; `waits` says what for, where they are not known yet."""

    id: str
    points: str
    most: str
    deducts: bool
    waits: str
    reason: str
    done: bool


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator on the page."""

    indicator: Indicator
    title: str
    score: Score
    rule: Sequence[str]
    explained: Sequence[tuple[str, str]]
    evidence: Sequence[str]
    facts: Sequence[FactLine]
    references: Sequence[Reference]
