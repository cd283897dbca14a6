"""The report of a committee as a PDF file, set like the score reports of its organisations."""

from __future__ import annotations

from reports.committee_report.data import CommitteePaper
from reports.sheets.narrative import Narrative, write_narratives


def write_committee_report(paper: CommitteePaper) -> bytes:
    """Return the PDF of a committee's report; the same report gives the same bytes."""
    narratives = [Narrative(paper.texts, paper.pictures)]
    return write_narratives(narratives, paper.title, paper.footer, paper.page_words)
