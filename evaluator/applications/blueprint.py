"""The blueprint on which the pages of applications stand, and the words that they share."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint

from evaluator.applications.wording import declaration_words, state_words

blueprint = Blueprint("applications", __name__, template_folder="templates")


@blueprint.context_processor
def words() -> dict[str, Callable[..., str]]:
    """Give templates the words of states and of the declaration."""
    return {"state_words": state_words, "declaration_words": declaration_words}
