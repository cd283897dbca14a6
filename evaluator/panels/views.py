"""All pages of panels; each module of them registers on the blueprint."""

from __future__ import annotations

from evaluator.panels.blueprint import blueprint

__all__ = ["blueprint"]
