"""All pages of decisions; each module of them registers on the blueprint."""

from __future__ import annotations

from evaluator.decisions.blueprint import blueprint

__all__ = ["blueprint"]
