"""The influence of indicators as a page."""

from __future__ import annotations

from collections.abc import Sequence

from evaluator.what_if.files import environment
from evaluator.what_if.influences import Json


def page(categories: Sequence[Json], names: tuple[str, str]) -> str:
    """Return the page: bars for each category, then the same as a table."""
    template = environment().get_template("sensitivity.html")
    return template.render(categories=categories, names=names)
