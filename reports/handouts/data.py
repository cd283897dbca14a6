"""What a hand-out is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Lines = Sequence[tuple[str, str]]
"""Labels with what is said."""


@dataclass(frozen=True)
class TimeRow:
    """A line of the timetable: number, time, room, organisation, committee."""

    number: str
    time: str
    room: str
    organisation: str
    committee: str


@dataclass(frozen=True)
class CasePage:
    """One page about one case: who it is, and parts each with a title and lines."""

    number: str
    organisation: str
    when: str
    parts: Sequence[tuple[str, Lines]]


@dataclass(frozen=True)
class Handout:
    """A hand-out; `page_words` has places for `{page}` and `{pages}`."""

    title: str
    subtitle: str
    columns: TimeRow
    rows: Sequence[TimeRow]
    people: str
    footer: str
    page_words: str
    cases: Sequence[CasePage] = field(default_factory=list)
