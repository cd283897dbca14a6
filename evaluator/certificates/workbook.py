"""The registry as a workbook; no text in it is run as a formula."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from evaluator.certificates.models import Certificate
from evaluator.certificates.standing import standing_of
from evaluator.certificates.words import STATES, Titles
from evaluator.files import safe_cell
from evaluator.web.wording import gettext


def _columns() -> Sequence[tuple[str, int]]:
    return (
        (gettext("Serial number"), 24),
        (gettext("Organisation"), 44),
        (gettext("Code"), 14),
        (gettext("Committee"), 28),
        (gettext("Category"), 14),
        (gettext("Level"), 14),
        (gettext("Year"), 8),
        (gettext("State"), 16),
        (gettext("Since"), 12),
        (gettext("Valid until"), 12),
        (gettext("Batch"), 8),
    )


def as_workbook(certificates: Sequence[Certificate], titles: Titles) -> bytes:
    """Return a workbook with a line for each certificate."""
    whole = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(whole, {**options, "in_memory": True}) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})  # noqa: DTZ001 - no time
        head = book.add_format({"bold": True, "bg_color": "#8E1B1B", "font_color": "#FFFFFF"})
        sheet = book.add_worksheet(gettext("Registry of certificates"))
        for number, (words, width) in enumerate(_columns()):
            sheet.set_column(number, number, width)
            sheet.write_string(0, number, words, head)
        sheet.freeze_panes(1, 0)
        for row, certificate in enumerate(certificates, 1):
            for number, text in enumerate(_line(certificate, titles)):
                sheet.write_string(row, number, safe_cell(text))
    return whole.getvalue()


def _line(certificate: Certificate, titles: Titles) -> Sequence[str]:
    one, standing = certificate.participant, standing_of(certificate)
    until = certificate.valid_until
    return (
        certificate.serial,
        certificate.name,
        one.code,
        one.committee,
        titles.category(one.category),
        titles.level(one.category, certificate.level),
        str(certificate.year),
        str(STATES[standing.state]),
        standing.since.isoformat(),
        until.isoformat() if until else "",
        str(certificate.batch_id),
    )
