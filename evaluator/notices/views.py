"""All pages of notices; each module of them registers on the blueprint."""

from __future__ import annotations

from evaluator.notices.blueprint import blueprint

__all__ = ["blueprint"]
