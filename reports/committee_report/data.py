"""What the report of a committee is made of on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.charts import Chart
from reports.sheets.narrative import Texts


@dataclass(frozen=True)
class CommitteePaper:
    """One committee: its words, and the pictures on its first pages.

    `page_words` has places for `{page}` and `{pages}`.
    """

    title: str
    texts: Texts
    pictures: Sequence[Chart]
    footer: str
    page_words: str
