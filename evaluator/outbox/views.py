"""All pages of outbox; each module of them registers on the blueprint."""

from __future__ import annotations

from evaluator.outbox import address_views, batch_views, letter_views, own_views
from evaluator.outbox.blueprint import blueprint

MODULES = (address_views, batch_views, letter_views, own_views)
"""The pages of the subject; importing them registers them."""

__all__ = ["blueprint"]
