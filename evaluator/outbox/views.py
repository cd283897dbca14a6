"""All pages of outbox; each module of them registers on the blueprint."""

from __future__ import annotations

from evaluator.outbox.blueprint import blueprint

__all__ = ["blueprint"]
