"""What an application is made of on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A label, what is said, and a remark such as where it comes from."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Item:
    """An indicator with its points, its facts, and why it has the points."""

    title: str
    points: str
    lines: Sequence[Line]
    reason: str = ""


@dataclass(frozen=True)
class Chapter:
    """A dimension or block with its points."""

    title: str
    points: str
    items: Sequence[Item]


@dataclass(frozen=True)
class ApplicationPaper:
    """A whole application; `page_words` has places for `{page}` and `{pages}`."""

    title: str
    organisation: str
    head: Sequence[Line]
    chapters: Sequence[Chapter]
    declaration: str
    signatures: Sequence[str]
    footer: str
    page_words: str
