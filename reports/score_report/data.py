"""What score reports are made of on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.charts import Radar


@dataclass(frozen=True)
class Entry:
    """An indicator, or anything else with a title: its points at the right, paragraphs below."""

    title: str
    points: str
    paragraphs: Sequence[str]


@dataclass(frozen=True)
class Chapter:
    """A dimension, a block, or a part such as the plan."""

    title: str
    points: str
    entries: Sequence[Entry]
    remark: str = ""


@dataclass(frozen=True)
class Texts:
    """All words of one report; `head` are labels with values, `summary` sentences."""

    title: str
    organisation: str
    level: str
    head: Sequence[tuple[str, str]]
    summary: Sequence[str]
    chapters: Sequence[Chapter]


@dataclass(frozen=True)
class Score:
    """One report: its words and its radar."""

    texts: Texts
    radar: Radar


@dataclass(frozen=True)
class ScorePaper:
    """One report, or those of a committee one after the other, each beginning a page.

    `page_words` has places for `{page}` and `{pages}`.
    """

    title: str
    scores: Sequence[Score]
    footer: str
    page_words: str
