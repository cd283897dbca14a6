"""All pages of score reports; each module of them registers on the blueprint."""

from __future__ import annotations

from evaluator.score_reports.blueprint import blueprint

__all__ = ["blueprint"]
