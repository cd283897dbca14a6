"""All pages of awards; each module of them registers on the blueprint."""

from __future__ import annotations

from evaluator.awards import award_views, awarding_views, listing_views, task_views
from evaluator.awards.blueprint import blueprint

__all__ = ["blueprint"]
MODULES = (award_views, awarding_views, listing_views, task_views)
"""The pages of the subject; importing them registers them."""
