"""Lines on pages, before anything is drawn; lengths are millimetres."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reports.certificate.font import Font
from reports.sheets.typesetting import lines_of

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 22.0, 20.0, 22.0, 22.0
ROOM = WIDTH - LEFT - RIGHT


@dataclass(frozen=True)
class Look:
    """How a line is set: its size, the space above it, how dark and how bold."""

    size: float
    above: float
    weight: float = 0.0
    grey: float = 0.12


TITLE = Look(7.0, 0.0, 0.03)
NAME = Look(5.0, 2.6, 0.0)
CHAPTER = Look(4.6, 6.0, 0.03)
HEADING = Look(3.8, 3.6, 0.014)
BODY = Look(3.4, 1.1)
NOTE = Look(2.9, 0.5, 0.0, 0.38)
LEADING = 1.42


@dataclass(frozen=True)
class Text:
    """A piece of a line: where it begins, and where it ends if it is set to the right."""

    words: str
    look: Look
    x: float
    to_right: bool = False


@dataclass(frozen=True)
class Row:
    """Pieces on one base line, with the space that the row takes; `rule` draws a line below.

    `stays` keeps it on one page with the next row, `begins` begins a page. `drawing` holds the
    operators of a picture in points, whose lower left corner is where the line begins.
    """

    texts: tuple[Text, ...]
    height: float
    rule: bool = False
    stays: bool = False
    begins: bool = False
    drawing: bytes = b""


@dataclass
class Sheet:
    """A page: rows with the height of their base line."""

    rows: list[tuple[float, Row]] = field(default_factory=list)


def paged(rows: Sequence[Row]) -> list[Sheet]:
    """Return rows on pages; what stays together is not parted."""
    sheets, y = [Sheet()], HEIGHT - TOP
    for number, row in enumerate(rows):
        needed, following = row.height, number
        while rows[following].stays and following + 1 < len(rows):
            following += 1
            needed += rows[following].height
        if (row.begins or y - needed < BOTTOM) and sheets[-1].rows:
            sheets.append(Sheet())
            y = HEIGHT - TOP
        y -= row.height
        sheets[-1].rows.append((y, row))
    return sheets


def block(font: Font, words: str, look: Look, x: float) -> Iterator[Row]:
    """Yield a text over as many lines as it needs."""
    for number, each in enumerate(lines_of(font, words, look.size, WIDTH - RIGHT - x)):
        above = look.above if number == 0 else 0.0
        yield Row((Text(each, look, x),), look.size * LEADING + above)


def height_of(look: Look) -> float:
    """Return the height of a line with the space above it."""
    return look.size * LEADING + look.above
