"""Pages of accounts."""

from __future__ import annotations

from evaluator.accounts import (
    administration_views,
    import_views,
    own_views,
    provider_views,
    second_factor_views,
    sign_in_views,
)
from evaluator.accounts.blueprint import blueprint
from evaluator.accounts.words import browser_words, permission_words, role_words

blueprint.add_app_template_global(role_words)
blueprint.add_app_template_global(permission_words)
blueprint.add_app_template_global(browser_words)

__all__ = [
    "administration_views",
    "blueprint",
    "import_views",
    "own_views",
    "provider_views",
    "second_factor_views",
    "sign_in_views",
]
