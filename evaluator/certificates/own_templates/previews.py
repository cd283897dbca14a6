"""Certificates drawn by a template while it is written, as pictures within the page."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from evaluator.certificates.own_templates.samples import (
    NAMES,
    USUAL_NAME,
    SampleLevel,
    sample_levels,
)
from evaluator.certificates.papers import layout_of
from evaluator.certificates.pictures import one_at_a_time
from evaluator.certificates.preparing import Obstacle, obstacles
from reports.certificate import Certificate as Paper
from reports.certificate import Template
from reports.certificate.preview import page_picture, preview, sheet_preview, written

ALL = "all"
CUT, SHEET = "cut", "sheet"
WIDE, NARROW = 840, 560
"""Points across a picture that stands alone, and of one among four."""
_INCH = 25.4
_FINER = 3


@dataclass(frozen=True)
class Wish:
    """What somebody wants to look at: names of a length or of all four, a level, a view."""

    names: Sequence[int]
    level: SampleLevel
    view: str
    levels: Sequence[SampleLevel]

    @classmethod
    def of(cls, session: Session, asked: Mapping[str, str]) -> Wish:
        """Return the wish of a form; what it does not say, or says wrongly, is as usual."""
        levels = sample_levels(session)
        usual = next((each for each in reversed(levels) if not each.laurel), levels[-1])
        level = next((each for each in levels if each.key == asked.get("level")), usual)
        length = asked.get("length", "")
        known = {str(each): each for each in NAMES}
        names = tuple(NAMES) if length == ALL else (known.get(length, USUAL_NAME),)
        view = SHEET if asked.get("view") == SHEET else CUT
        return cls(names, level, view, levels)

    @property
    def length(self) -> str:
        """Return the length as the form says it."""
        return ALL if len(self.names) > 1 else str(self.names[0])


@dataclass(frozen=True)
class Shown:
    """A certificate as an address that holds its picture, or what keeps it from being drawn."""

    length: int
    picture: str
    obstacles: Sequence[Obstacle]


def shown(template: Template, wish: Wish) -> Iterator[Shown]:
    """Yield what is wanted to be seen of a template."""
    across = WIDE if len(wish.names) == 1 else NARROW
    for length in wish.names:
        paper = wish.level.paper(NAMES[length])
        against = obstacles([paper], template)
        drawn = "" if against else _address(template, paper, wish.view, across)
        yield Shown(length, drawn, against)


def document(template: Template, paper: Paper, view: str) -> bytes:
    """Return a certificate as PDF, as it is cut or on the sheet of the printer."""
    if view == SHEET:
        return sheet_preview(template, paper, layout_of(template))
    return preview(template, paper, form="pdf")


def picture(template: Template, paper: Paper, across: int) -> bytes:
    """Return a certificate as PNG, so many points wide; small letters stay readable."""
    with one_at_a_time:
        drawn = document(template, paper, CUT)
        large = page_picture(drawn, template, _dpi(template, CUT, _FINER * across))
    return written(large.reduce(_FINER))


def _address(template: Template, paper: Paper, view: str, across: int) -> str:
    with one_at_a_time:
        drawn = document(template, paper, view)
        found = page_picture(drawn, template, _dpi(template, view, across))
    return "data:image/jpeg;base64," + b64encode(written(found, "jpeg")).decode()


def _dpi(template: Template, view: str, across: int) -> float:
    width = layout_of(template).sheet[0] if view == SHEET else template.page.width
    return across / width * _INCH
