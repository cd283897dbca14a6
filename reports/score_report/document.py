"""Score reports as a PDF file."""

from __future__ import annotations

from reports.score_report.data import ScorePaper
from reports.sheets.narrative import Narrative, write_narratives


def write_score_reports(paper: ScorePaper) -> bytes:
    """Return the PDF of score reports; the same reports give the same bytes."""
    narratives = [
        Narrative(each.texts, [each.radar] if each.radar.spokes else []) for each in paper.scores
    ]
    return write_narratives(narratives, paper.title, paper.footer, paper.page_words)
