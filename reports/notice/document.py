"""The pages of a notice: a title, paragraphs, tables of names, a foot on each page."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from typing import Literal
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor, black
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    KeepTogether,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from reports.lettering import SERIF, lettering
from reports.notice.data import Group, NoticePaper
from reports.slips.sheet import draw_qr

_MARGIN, _TOP, _BOTTOM = 25 * mm, 28 * mm, 26 * mm
_RED, _LINE, _GROUND = HexColor("#8e1b1b"), HexColor("#ddd4ca"), HexColor("#f1ece6")
_SIDE = 24 * mm
Place = Literal[0, 1, 2]


def notice_pdf(paper: NoticePaper) -> bytes:
    """Return a notice as a PDF of A4 pages."""
    font = lettering(paper.texts(), SERIF)
    written = BytesIO()
    document = SimpleDocTemplate(
        written,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_TOP,
        bottomMargin=_BOTTOM,
        title=paper.title,
        # The same notice is the same file, whenever it is drawn.
        invariant=1,
    )

    class Pages(_Numbered):
        face, about = font, paper

    document.build(list(_story(paper, font)), canvasmaker=Pages)
    return written.getvalue()


def _story(paper: NoticePaper, font: str) -> Iterator[Flowable]:
    plain = ParagraphStyle(
        "plain", fontName=font, fontSize=11, leading=19, wordWrap="CJK", firstLineIndent=22
    )
    yield Paragraph(escape(paper.title), _styled(plain, 18, TA_CENTER, _RED, 28))
    yield Spacer(0, 6 * mm)
    for text in (*paper.paragraphs, paper.period):
        if text.strip():
            yield Paragraph(escape(text), plain)
    for title, groups in groupby(paper.groups, key=lambda each: each.title):
        yield Spacer(0, 5 * mm)
        yield Paragraph(escape(title), _styled(plain, 13, TA_LEFT, _RED, 20, keep=True))
        for group in groups:
            yield from _names(group, plain)
    yield Spacer(0, 5 * mm)
    yield Paragraph(escape(paper.objecting), plain)
    for line in paper.office:
        if line.strip():
            yield Paragraph(escape(line), plain)
    yield Spacer(0, 8 * mm)
    day = Paragraph(escape(paper.signed), _styled(plain, 11, TA_RIGHT, None, 19))
    yield KeepTogether([_Code(paper.address), day] if paper.address else [day])


def _names(group: Group, plain: ParagraphStyle) -> Iterator[Flowable]:
    yield Paragraph(escape(group.subtitle), _styled(plain, 11, TA_LEFT, None, 20, keep=True))
    cell = _styled(plain, 10, TA_LEFT, None, 15)
    rows = [
        [Paragraph(str(number), cell), Paragraph(escape(name), cell), Paragraph(escape(of), cell)]
        for number, (name, of) in enumerate(group.rows, 1)
    ]
    widths = [12 * mm, 92 * mm, A4[0] - 2 * _MARGIN - 104 * mm]
    table = Table(rows, colWidths=widths)
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, _LINE),
                ("ROWBACKGROUNDS", (0, 0), (-1, -1), [None, _GROUND]),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ]
        )
    )
    yield table
    yield Spacer(0, 3 * mm)


def _styled(
    plain: ParagraphStyle, size: float, place: Place, colour: Color | None, leading: float,
    keep: bool = False,
) -> ParagraphStyle:  # fmt: skip
    return ParagraphStyle(
        f"{size}-{place}-{keep}",
        plain,
        fontSize=size,
        leading=leading,
        alignment=place,
        firstLineIndent=0,
        keepWithNext=keep,
        textColor=colour or black,
    )


class _Code(Flowable):
    """The address of the public page, to be scanned."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the room that it takes."""
        return _SIDE, _SIDE

    def draw(self) -> None:
        """Draw it where it stands."""
        draw_qr(self.canv, self.address, 0, 0, _SIDE)


class _Numbered(Canvas):
    """Pages with their foot, which says how many there are: drawn when all are known."""

    face: str
    about: NoticePaper

    def __init__(self, *given: object, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        self._states: list[dict[str, object]] = []

    def showPage(self) -> None:  # noqa: N802 # ReportLab's name
        """Keep a page until all are there."""
        self._states.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]

    def save(self) -> None:
        """Draw the foot of every page, and write the file."""
        for number, state in enumerate(self._states, 1):
            self.__dict__.update(state)
            self._foot(number, len(self._states))
            super().showPage()
        super().save()

    def _foot(self, number: int, pages: int) -> None:
        paper = self.about
        self.setFont(self.face, 7.5)
        self.drawString(_MARGIN, 14 * mm, paper.footer)
        words = paper.page_words.format(page=number, pages=pages)
        self.drawRightString(A4[0] - _MARGIN, 14 * mm, words)
        if paper.address:
            self.drawString(_MARGIN, 10 * mm, paper.address)
        if paper.draft:
            self.saveState()
            self.setFillColor(_RED)
            self.setFillAlpha(0.08)
            self.setFont(self.face, 90)
            self.translate(A4[0] / 2, A4[1] / 2)
            self.rotate(40)
            self.drawCentredString(0, 0, paper.draft)
            self.restoreState()
