"""Score reports of branches as a PDF: small dataclasses in, bytes out."""

from __future__ import annotations

from reports.score_report.data import Score, ScorePaper
from reports.score_report.document import write_score_reports
from reports.sheets.narrative import Chapter, Entry, Texts

__all__ = ["Chapter", "Entry", "Score", "ScorePaper", "Texts", "write_score_reports"]
