"""Pictures for our pages, where the policy of the page lets no style stand in an element."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape, unescape

from flask_babel import gettext
from markupsafe import Markup

from evaluator.what_if.comparison import Matrix
from evaluator.what_if.picture import flow_of
from reports.flow import as_svg, without_head

_STYLE = re.compile(r' style="([^"]*)"')


def flow_picture(matrix: Matrix, about: str, name: str) -> Markup:
    """Return the picture of who moves from which level to which, as it stands in a page."""
    moves = matrix.moves
    title = gettext(
        "%(about)s: %(rise)s rise, %(fall)s fall, %(stay)s stay",
        about=about,
        rise=moves.rises,
        fall=moves.falls,
        stay=moves.stays,
    )
    drawn = without_head(as_svg(replace(flow_of(matrix, about), title=title), name))
    return Markup(with_attributes(drawn))  # noqa: S704 - drawn by us, its texts are escaped


def with_attributes(svg: str) -> str:
    """Return a picture whose styles are attributes, which mean the same in SVG."""
    return _STYLE.sub(_attributes, svg)


def _attributes(found: re.Match[str]) -> str:
    parts = [each.split(":", 1) for each in unescape(found[1]).split(";") if ":" in each]
    return "".join(f' {name.strip()}="{escape(value.strip())}"' for name, value in parts)
