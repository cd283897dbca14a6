"""All pages of awards; each module of them registers on the blueprint."""

from __future__ import annotations

from evaluator.awards.blueprint import blueprint

__all__ = ["blueprint"]
