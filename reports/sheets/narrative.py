"""A report in words: a head, sentences, a picture, and chapters with points at the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.graphics import renderPDF
from reportlab.pdfgen.canvas import Canvas

from reports.certificate.font import Font
from reports.charts import Chart, drawn
from reports.flow.text import outlined
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
    Look,
    Row,
    Text,
    block,
    height_of,
    paged,
)
from reports.sheets.texts import printable_part, texts_of
from reports.sheets.typesetting import lines_of, printable
from reports.sheets.writing import DIGITS, SCALE, Foot, write_sheets

LABEL = 34.0
POINTS = 34.0
"""Room for labels of the head, and for points at the right."""
INDENT = 3.0
LEVEL = Look(6.0, 4.0, 0.02)
REMARK = Look(NOTE.size, 2.0, NOTE.weight, NOTE.grey)
"""A remark stands clear of the line below the title of its chapter."""


@dataclass(frozen=True)
class Entry:
    """An indicator, or anything else with a title: its points at the right, paragraphs below."""

    title: str
    points: str
    paragraphs: Sequence[str]


@dataclass(frozen=True)
class Chapter:
    """A dimension, a block, or a part such as the plan."""

    title: str
    points: str
    entries: Sequence[Entry]
    remark: str = ""


@dataclass(frozen=True)
class Texts:
    """All words of one report; `head` are labels with values, `summary` sentences."""

    title: str
    organisation: str
    level: str
    head: Sequence[tuple[str, str]]
    summary: Sequence[str]
    chapters: Sequence[Chapter]


@dataclass(frozen=True)
class Narrative:
    """One report: its words, and the pictures below its sentences."""

    texts: Texts
    pictures: Sequence[Chart] = ()


def write_narratives(
    narratives: Sequence[Narrative], title: str, footer: str, page_words: str
) -> bytes:
    """Return the PDF of reports, each beginning a page; the same reports give the same bytes.

    `page_words` has places for `{page}` and `{pages}`.
    """
    texts = [printable_part(each.texts) for each in narratives]
    foot = Foot(printable(footer), printable(page_words))
    font = Font.of([*texts_of(texts), foot.words, foot.page_words, DIGITS])
    rows: list[Row] = []
    for words, narrative in zip(texts, narratives, strict=True):
        own = list(_rows(words, narrative.pictures, font))
        rows += [replace(own[0], begins=True), *own[1:]]
    return write_sheets(paged(rows), font, foot, printable(title))


def _rows(texts: Texts, pictures: Sequence[Chart], font: Font) -> Iterator[Row]:
    yield from block(font, texts.title, TITLE, LEFT)
    yield from block(font, texts.organisation, NAME, LEFT)
    yield from block(font, texts.level, LEVEL, LEFT)
    for label, value in texts.head:
        yield from _labelled(font, label, value)
    for each in texts.summary:
        yield from block(font, each, BODY, LEFT)
    for picture in pictures:
        yield _picture(picture)
    for chapter in texts.chapters:
        yield from _chapter(font, chapter)


def _labelled(font: Font, label: str, value: str) -> Iterator[Row]:
    lines = list(lines_of(font, value, BODY.size, ROOM - LABEL)) or [""]
    for number, line in enumerate(lines):
        texts = [Text(line, BODY, LEFT + LABEL)]
        if number == 0:
            texts.append(Text(label, BODY, LEFT))
        yield Row(tuple(texts), height_of(BODY))


def _picture(chart: Chart) -> Row:
    """Return a chart in the middle of the page, its characters as outlines.

    One that is wider than the lines is drawn smaller.
    """
    drawing = drawn(chart)
    scale = min(ROOM * SCALE / drawing.width, 1.0)
    width, height = drawing.width * scale, drawing.height * scale
    canvas = Canvas("", (width, height))
    canvas.translate((ROOM * SCALE - width) / 2, 0)
    canvas.scale(scale, scale)
    renderPDF.draw(outlined(drawing), canvas, 0, 0)
    content: str = canvas.getCurrentPageContent()
    return Row((), height / SCALE + 5, drawing=content.encode("ascii"))


def _chapter(font: Font, chapter: Chapter) -> Iterator[Row]:
    yield from _titled(font, chapter.title, chapter.points, CHAPTER, rule=True)
    if chapter.remark:
        yield from _together(list(block(font, chapter.remark, REMARK, LEFT)), first=True)
    for entry in chapter.entries:
        yield from _entry(font, entry)


def _entry(font: Font, entry: Entry) -> Iterator[Row]:
    if entry.title:
        yield from _titled(font, entry.title, entry.points, HEADING)
    rows = [row for words in entry.paragraphs for row in block(font, words, NOTE, LEFT + INDENT)]
    yield from _together(rows)


def _titled(
    font: Font, title: str, points: str, look: Look, *, rule: bool = False
) -> Iterator[Row]:
    """Yield a title over as many lines as it needs, points beside its last one."""
    *lines, last = list(lines_of(font, title, look.size, ROOM - POINTS)) or [""]
    for each in lines:
        yield Row((Text(each, look, LEFT),), height_of(look), stays=True)
    right = Text(points, look, WIDTH - RIGHT, to_right=True)
    yield Row((Text(last, look, LEFT), right), height_of(look), rule=rule, stays=True)


def _together(rows: Sequence[Row], *, first: bool = False) -> Iterator[Row]:
    """Yield rows that stay with what follows: all of a remark, else the first of several."""
    for number, row in enumerate(rows):
        yield replace(row, stays=first or (number == 0 and len(rows) > 1))
