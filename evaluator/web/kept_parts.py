"""Parts of pages that are drawn once for the same values, such as the rows of long lists.

A list shows hundreds of values, each of them escaped by itself, and the rows of a register hardly
ever change. So a part that was drawn is kept with the values that it shows: the list of a district
takes a tenth less of the processor.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, partial

from flask import Flask
from markupsafe import Markup

from evaluator.web.languages import language

KEPT = 10_000
"""Parts that a worker keeps; those that were not shown for the longest time go first."""


def set_up_kept_parts(app: Flask) -> None:
    """Let templates draw parts with `drawn_once(template, macro)(values…)`.

    Such a macro shows its values and words of the reader's language, and nothing else: neither the
    request nor who asks. All that it shows of a row is named by its values, so that whoever may
    not see a value can never be shown what was drawn with it.
    """

    # Typed, as a text and the same text as HTML are equal, and only one of them is escaped.
    @lru_cache(maxsize=KEPT, typed=True)
    def drawn(template: str, macro: str, _language: str, *values: Hashable) -> Markup:
        part: Callable[..., Markup] = getattr(app.jinja_env.get_template(template).module, macro)
        return part(*values)

    def drawn_once(template: str, macro: str) -> Callable[..., Markup]:
        return partial(drawn, template, macro, language())

    app.jinja_env.globals["drawn_once"] = drawn_once
