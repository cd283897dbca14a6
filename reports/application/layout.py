"""An application as lines on pages, before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reports.application.data import ApplicationPaper, Chapter, Item, Line
from reports.application.typesetting import lines_of
from reports.certificate.font import Font

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 22.0, 20.0, 22.0, 22.0
ROOM = WIDTH - LEFT - RIGHT
LABEL = 52.0
INDENT = 4.0
"""Where labels begin, to the right of titles."""


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


def pages_of(paper: ApplicationPaper, font: Font) -> list[Sheet]:
    """Return the pages of an application."""
    return paged(list(_rows(paper, font)))


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


def _rows(paper: ApplicationPaper, font: Font) -> Iterator[Row]:
    yield from block(font, paper.title, TITLE, LEFT)
    yield from block(font, paper.organisation, NAME, LEFT)
    for number, line in enumerate(paper.head):
        yield from labelled(font, line, LEFT, first=number == 0)
    for chapter in paper.chapters:
        yield from _chapter(font, chapter)
    yield from block(font, paper.declaration, HEADING, LEFT)
    for words in paper.signatures:
        yield Row((Text(words, BODY, LEFT),), 9.0)


def _chapter(font: Font, chapter: Chapter) -> Iterator[Row]:
    points = Text(chapter.points, CHAPTER, WIDTH - RIGHT, to_right=True)
    title = Text(chapter.title, CHAPTER, LEFT)
    yield Row((title, points), height_of(CHAPTER), rule=True, stays=True)
    for item in chapter.items:
        yield from _item(font, item)


def _item(font: Font, item: Item) -> Iterator[Row]:
    if item.title:
        *lines, last = lines_of(font, item.title, HEADING.size, ROOM - 30)
        for each in lines:
            yield Row((Text(each, HEADING, LEFT),), height_of(HEADING), stays=True)
        points = Text(item.points, HEADING, WIDTH - RIGHT, to_right=True)
        yield Row((Text(last, HEADING, LEFT), points), height_of(HEADING), stays=True)
    for line in item.lines:
        yield from labelled(font, line, LEFT + INDENT)
    if item.reason:
        yield from block(font, item.reason, NOTE, LEFT + INDENT)


def labelled(font: Font, line: Line, x: float, first: bool = False) -> Iterator[Row]:
    """Yield a label with its value beside it, and the remark below the value."""
    values = list(lines_of(font, line.value, BODY.size, WIDTH - RIGHT - x - LABEL))
    labels = list(lines_of(font, line.label, BODY.size, LABEL - 3))
    extra = 3.0 if first else 0.0
    for number in range(max(len(values), len(labels))):
        texts = [
            Text(each[number], BODY, x + shift)
            for each, shift in ((labels, 0.0), (values, LABEL))
            if number < len(each)
        ]
        yield Row(tuple(texts), height_of(BODY) + (extra if number == 0 else 0.0))
    if line.note:
        yield from block(font, line.note, NOTE, x + LABEL)


def block(font: Font, words: str, look: Look, x: float) -> Iterator[Row]:
    """Yield a text over as many lines as it needs."""
    for number, each in enumerate(lines_of(font, words, look.size, WIDTH - RIGHT - x)):
        above = look.above if number == 0 else 0.0
        yield Row((Text(each, look, x),), look.size * LEADING + above)


def height_of(look: Look) -> float:
    """Return the height of a line with the space above it."""
    return look.size * LEADING + look.above
