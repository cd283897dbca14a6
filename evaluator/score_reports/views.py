"""All pages of score reports; each module of them registers on the blueprint."""

from __future__ import annotations

from evaluator.score_reports import (  # noqa: F401 - they add their routes
    committee_views,
    paper_views,
    picture_views,
    plan_views,
    report_views,
)
from evaluator.score_reports.blueprint import blueprint

__all__ = ["blueprint"]
