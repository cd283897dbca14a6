"""The pages of an application as a PDF file."""

from __future__ import annotations

from collections.abc import Callable

from reports.application.data import ApplicationPaper
from reports.application.layout import pages_of
from reports.certificate.font import Font
from reports.sheets.texts import printable_part, texts_of
from reports.sheets.writing import DIGITS, Foot, write_sheets


def write_application(
    paper: ApplicationPaper, between: Callable[[], object] = lambda: None
) -> bytes:
    """Return the PDF of an application; the same application gives the same bytes.

    `between` is called between rows and between pages: there others may go first.
    """
    paper = printable_part(paper)
    font = Font.of([*texts_of(paper), DIGITS])
    foot = Foot(paper.footer, paper.page_words)
    title = f"{paper.title} {paper.organisation}"
    return write_sheets(pages_of(paper, font, between), font, foot, title, between)
