"""Score reports as a PDF file: set by the writer of applications, with its face and line breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportlab.graphics import renderPDF
from reportlab.pdfgen.canvas import Canvas

from reports.application.document import printable_part, texts_of
from reports.application.layout import (
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
from reports.application.sheets import DIGITS, SCALE, Foot, write_sheets
from reports.application.typesetting import lines_of, printable
from reports.certificate.font import Font
from reports.charts import Radar, drawn
from reports.flow.text import outlined
from reports.score_report.data import Chapter, Entry, Score, ScorePaper, Texts

LABEL = 34.0
POINTS = 34.0
"""Room for labels of the head, and for points at the right."""
INDENT = 3.0
LEVEL = Look(6.0, 4.0, 0.02)
REMARK = Look(NOTE.size, 2.0, NOTE.weight, NOTE.grey)
"""A remark stands clear of the line below the title of its chapter."""


def write_score_reports(paper: ScorePaper) -> bytes:
    """Return the PDF of score reports; the same reports give the same bytes."""
    texts = [printable_part(each.texts) for each in paper.scores]
    foot = Foot(printable(paper.footer), printable(paper.page_words))
    font = Font.of([*texts_of(texts), foot.words, foot.page_words, DIGITS])
    rows: list[Row] = []
    for words, score in zip(texts, paper.scores, strict=True):
        own = list(_rows(words, score, font))
        rows += [replace(own[0], begins=True), *own[1:]]
    return write_sheets(paged(rows), font, foot, printable(paper.title))


def _rows(texts: Texts, score: Score, font: Font) -> Iterator[Row]:
    yield from block(font, texts.title, TITLE, LEFT)
    yield from block(font, texts.organisation, NAME, LEFT)
    yield from block(font, texts.level, LEVEL, LEFT)
    for label, value in texts.head:
        yield from _labelled(font, label, value)
    for each in texts.summary:
        yield from block(font, each, BODY, LEFT)
    if score.radar.spokes:
        yield _picture(score.radar)
    for chapter in texts.chapters:
        yield from _chapter(font, chapter)


def _labelled(font: Font, label: str, value: str) -> Iterator[Row]:
    lines = list(lines_of(font, value, BODY.size, ROOM - LABEL)) or [""]
    for number, line in enumerate(lines):
        texts = [Text(line, BODY, LEFT + LABEL)]
        if number == 0:
            texts.append(Text(label, BODY, LEFT))
        yield Row(tuple(texts), height_of(BODY))


def _picture(radar: Radar) -> Row:
    """Return the radar in the middle of the page, its characters as outlines."""
    drawing = drawn(radar)
    canvas = Canvas("", (drawing.width, drawing.height))
    renderPDF.draw(outlined(drawing), canvas, (ROOM * SCALE - drawing.width) / 2, 0)
    content: str = canvas.getCurrentPageContent()
    return Row((), drawing.height / SCALE + 5, drawing=content.encode("ascii"))


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
