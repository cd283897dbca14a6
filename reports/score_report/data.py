"""What score reports are made of on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.charts import Radar
from reports.sheets.narrative import Texts


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
