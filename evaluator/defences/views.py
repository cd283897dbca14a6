"""All pages of defences; each module of them registers on the blueprint."""

from __future__ import annotations

from evaluator.defences import judging_views, leading_views
from evaluator.defences.blueprint import blueprint

MODULES = (judging_views, leading_views)
"""The pages of the subject; importing them registers them."""

__all__ = ["blueprint"]
