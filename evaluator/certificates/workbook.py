"""The registry as a workbook; no text in it is run as a formula."""

from __future__ import annotations

from collections.abc import Sequence

from evaluator.certificates.models import Certificate
from evaluator.certificates.standing import standing_of
from evaluator.certificates.words import STATES, Titles
from evaluator.files import list_workbook
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
    rows = (_line(each, titles) for each in certificates)
    return list_workbook(gettext("Registry of certificates"), _columns(), rows)


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
