"""What minutes are made of on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The words that stand on the paper beside what it is filled with."""

    title: str
    held_at: str
    chair: str
    present: str
    course: str
    as_computed: str
    given: str
    quotas: str
    findings: str
    signatures: Sequence[str]
    page: str


@dataclass(frozen=True)
class Given:
    """A level that people gave, or a finding: whose, what, and labelled lines that tell more."""

    organisation: str
    level: str
    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Category:
    """What was decided in a category.

    `as_computed` has for each level its title, how many got it, and by committee who they are.
    """

    title: str
    count: str
    as_computed: Sequence[tuple[str, str, Sequence[tuple[str, str]]]]
    given: Sequence[Given]
    quotas: Sequence[tuple[str, str]]
    findings: Sequence[Given]


@dataclass(frozen=True)
class MinutesPaper:
    """The minutes of one meeting; `footer` stands on each page."""

    words: Words
    round: str
    held_at: str
    chair: str
    present: Sequence[str]
    text: Sequence[str]
    categories: Sequence[Category]
    footer: str
