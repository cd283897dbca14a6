"""Pages of reviews; importing the modules registers them."""

from __future__ import annotations

from evaluator.reviews import mending, outcome_views, page_views, queue_views, recommendation_views
from evaluator.reviews.blueprint import blueprint

MODULES = (queue_views, page_views, outcome_views, recommendation_views, mending)

__all__ = ["MODULES", "blueprint"]
