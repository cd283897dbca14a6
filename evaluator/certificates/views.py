"""The pages of certificates; each module of them registers on the blueprint."""

from __future__ import annotations

from evaluator.certificates import (
    badge_views,
    batch_views,
    certificate_views,
    issuing_views,
    proposal_views,
    public_views,
    registry_views,
)
from evaluator.certificates.blueprint import blueprint
from evaluator.certificates.own_templates import views as template_views
from evaluator.certificates.signed import views as signed_views

__all__ = ["blueprint"]
MODULES = (
    badge_views,
    batch_views,
    certificate_views,
    issuing_views,
    proposal_views,
    public_views,
    registry_views,
    signed_views,
    template_views,
)
"""The pages of the subject; importing them registers them."""
