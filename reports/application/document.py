"""The pages of an application as a PDF file."""

from __future__ import annotations

from reports.application.data import ApplicationPaper
from reports.application.layout import pages_of
from reports.certificate.font import Font
from reports.sheets.texts import printable_part, texts_of
from reports.sheets.writing import DIGITS, Foot, write_sheets


def write_application(paper: ApplicationPaper) -> bytes:
    """Return the PDF of an application; the same application gives the same bytes."""
    paper = printable_part(paper)
    font = Font.of([*texts_of(paper), DIGITS])
    foot = Foot(paper.footer, paper.page_words)
    title = f"{paper.title} {paper.organisation}"
    return write_sheets(pages_of(paper, font), font, foot, title)
