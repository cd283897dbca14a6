"""An application as lines on pages, before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reports.application.data import ApplicationPaper, Chapter, Item, Line
from reports.certificate.font import Font
from reports.sheets.layout import (
    BODY,
    CHAPTER,
    HEADING,
    LEFT,
    NAME,
    NOTE,
    RIGHT,
    ROOM,
    TITLE,
    WIDTH,
    Row,
    Sheet,
    Text,
    block,
    height_of,
    paged,
)
from reports.sheets.typesetting import lines_of

LABEL = 52.0
TOGETHER = 10
"""Lines at the end that are not parted: all of an application, most of any minutes."""
INDENT = 4.0
"""Where labels begin, to the right of titles."""


def pages_of(paper: ApplicationPaper, font: Font) -> list[Sheet]:
    """Return the pages of an application."""
    return paged(list(_rows(paper, font)))


def _rows(paper: ApplicationPaper, font: Font) -> Iterator[Row]:
    yield from block(font, paper.title, TITLE, LEFT)
    yield from block(font, paper.organisation, NAME, LEFT)
    for number, line in enumerate(paper.head):
        yield from labelled(font, line, LEFT, first=number == 0)
    for chapter in paper.chapters:
        yield from _chapter(font, chapter)
    yield from _end(font, paper)


def _end(font: Font, paper: ApplicationPaper) -> Iterator[Row]:
    """Yield what is signed and the first signatures, which stand on the same page."""
    rows = [*block(font, paper.declaration, HEADING, LEFT)]
    rows += [Row((Text(words, BODY, LEFT),), 9.0) for words in paper.signatures]
    for number, row in enumerate(rows[:TOGETHER], 1):
        yield replace(row, stays=number < min(len(rows), TOGETHER))
    yield from rows[TOGETHER:]


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
