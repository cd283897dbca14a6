"""A hand-out as a PDF: the timetable first, then each case on one page of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepInFrame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from reports.handouts.data import CasePage, Handout, Lines, TimeRow
from reports.lettering import lettering

WIDTH, HEIGHT = A4
SIDE, TOP, BOTTOM = 18 * mm, 18 * mm, 20 * mm
ROOM = WIDTH - 2 * SIDE
COLUMNS = (14 * mm, 30 * mm, 24 * mm, 58 * mm, 48 * mm)
SHORT = 24
"""A value of so many characters leaves room for another line beside it."""
RED, INK, QUIET, LINE = (
    Color(0.557, 0.106, 0.106),
    Color(0.17, 0.15, 0.14),
    Color(0.39, 0.36, 0.33),
    Color(0.87, 0.83, 0.79),
)
Story = list[Flowable]


def write_handout(handout: Handout) -> bytes:
    """Return the PDF of a hand-out; the same hand-out gives the same bytes."""
    sheet = _Sheet(handout)
    written = BytesIO()
    document = BaseDocTemplate(
        written,
        pagesize=A4,
        title=f"{handout.title} {handout.subtitle}",
        invariant=1,
        lang="zh-CN",
    )
    frame = Frame(SIDE, BOTTOM, ROOM, HEIGHT - TOP - BOTTOM, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate("page", [frame], onPage=sheet.foot)])
    document.build(sheet.story(), canvasmaker=sheet.counting_canvas())
    return written.getvalue()


class _Sheet:
    """The styles of one hand-out, with all its characters in one font."""

    def __init__(self, handout: Handout):
        self.handout = handout
        self.font = lettering(_texts(handout))
        self.title = self._style(17, RED)
        self.name = self._style(14, INK)
        self.body = self._style(9, INK)
        self.quiet = self._style(8.5, QUIET)
        self.part = self._style(10.5, RED)

    def _style(self, size: float, color: Color) -> ParagraphStyle:
        return ParagraphStyle(
            f"size {size}",
            fontName=self.font,
            fontSize=size,
            leading=size * 1.4,
            textColor=color,
            wordWrap="CJK",
        )

    def story(self) -> Story:
        """Return all that is set, in order."""
        handout = self.handout
        parts: Story = [
            _text(handout.title, self.title),
            _text(handout.subtitle, self.name),
            Spacer(1, 2 * mm),
            _text(handout.people, self.quiet),
            Spacer(1, 4 * mm),
            self._timetable(handout.columns, handout.rows),
        ]
        for each in handout.cases:
            parts += [PageBreak(), self._case(each)]
        return parts

    def _timetable(self, head: TimeRow, rows: Sequence[TimeRow]) -> Table:
        cells = [
            [_text(word, self.quiet if number == 0 else self.body) for word in _words(row)]
            for number, row in enumerate([head, *rows])
        ]
        table = Table(cells, COLUMNS, repeatRows=1)
        table.setStyle(
            TableStyle(
                [
                    ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
                    ("LINEBELOW", (0, 0), (-1, 0), 0.8, RED),
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ]
            )
        )
        return table

    def _case(self, page: CasePage) -> Flowable:
        """Return a case as one page; where much is told it is set smaller."""
        inner: Story = [
            _text(f"{page.number}  {page.organisation}", self.title),
            _text(page.when, self.quiet),
        ]
        for title, lines in page.parts:
            if lines:
                inner += [Spacer(1, 3 * mm), _text(title, self.part), Spacer(1, 1 * mm)]
                inner.append(self._lines(lines))
        return KeepInFrame(ROOM, HEIGHT - TOP - BOTTOM, inner, mode="shrink")

    def _lines(self, lines: Lines) -> Table:
        """Return short lines in two columns; long ones take the whole width."""
        if any(len(value) > SHORT for _, value in lines):
            widths, rows = [46 * mm, ROOM - 46 * mm], [[each] for each in lines]
        else:
            half = (len(lines) + 1) // 2
            widths = [52 * mm, ROOM / 2 - 52 * mm] * 2
            rows = [[*lines[number::half], ("", "")][:2] for number in range(half)]
        cells = [
            [cell for label, value in row for cell in self._pair(label, value)] for row in rows
        ]
        table = Table(cells, widths)
        table.setStyle(
            TableStyle(
                [
                    ("LINEBELOW", (0, 0), (-1, -1), 0.3, LINE),
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("TOPPADDING", (0, 0), (-1, -1), 1.5),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
                    ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ]
            )
        )
        return table

    def _pair(self, label: str, value: str) -> list[Paragraph]:
        return [_text(label, self.quiet), _text(value, self.body)]

    def foot(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        """Draw the footer of a page."""
        canvas.setFont(self.font, 8)
        canvas.setFillColor(QUIET)
        canvas.drawString(SIDE, 11 * mm, self.handout.footer)

    def counting_canvas(self) -> type[Canvas]:
        """Return a canvas that writes on each page which of how many it is."""
        font, words = self.font, self.handout.page_words

        class Counting(Canvas):
            def __init__(self, *given: object, **more: object):
                super().__init__(*given, **more)  # type: ignore[arg-type]
                self.pages: list[dict[str, object]] = []

            def showPage(self) -> None:  # noqa: N802 - the name is ReportLab's
                self.pages.append(dict(self.__dict__))
                self._startPage()  # type: ignore[attr-defined]

            def save(self) -> None:
                for number, page in enumerate(self.pages, 1):
                    self.__dict__.update(page)
                    self.setFont(font, 8)
                    self.setFillColor(QUIET)
                    told = words.format(page=number, pages=len(self.pages))
                    self.drawRightString(WIDTH - SIDE, 11 * mm, told)
                    super().showPage()
                super().save()

        return Counting


def _text(words: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(words), style)


def _words(row: TimeRow) -> tuple[str, ...]:
    return row.number, row.time, row.room, row.organisation, row.committee


def _texts(handout: Handout) -> Iterator[str]:
    yield from (handout.title, handout.subtitle, handout.people)
    yield from (handout.footer, handout.page_words)
    for row in [handout.columns, *handout.rows]:
        yield from _words(row)
    for page in handout.cases:
        yield from (page.number, page.organisation, page.when)
        for title, lines in page.parts:
            yield title
            for label, value in lines:
                yield from (label, value)
