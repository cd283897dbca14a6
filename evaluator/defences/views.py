"""All pages of defences; each module of them registers on the blueprint."""

from __future__ import annotations

from evaluator.defences.blueprint import blueprint

__all__ = ["blueprint"]
