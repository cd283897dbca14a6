"""The list of awards as a workbook; no text in it is run as a formula."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence

from evaluator.awards.models import Award
from evaluator.awards.words import Titles, standing_words
from evaluator.files import list_workbook
from evaluator.web.wording import gettext


def _columns() -> Sequence[tuple[str, int]]:
    return (
        (gettext("Round"), 8),
        (gettext("Code"), 14),
        (gettext("Organisation"), 44),
        (gettext("Committee"), 28),
        (gettext("Category"), 14),
        (gettext("Awarded level"), 12),
        (gettext("Level now"), 12),
        (gettext("Standing"), 16),
        (gettext("Document number"), 26),
        (gettext("Awarded on"), 12),
        (gettext("Valid until"), 12),
        (gettext("Re-audit by"), 12),
    )


def as_workbook(awards: Sequence[Award], superseded: Collection[int], titles: Titles) -> bytes:
    """Return a workbook with a line for each award."""
    rows = (_line(each, each.id in superseded, titles) for each in awards)
    return list_workbook(gettext("Awards"), _columns(), rows)


def _line(award: Award, superseded: bool, titles: Titles) -> Sequence[str]:
    one = award.participant
    return (
        str(one.round.year),
        one.code,
        one.name,
        one.committee,
        titles.category(award),
        titles.level(award, award.first_level),
        titles.level(award, award.level),
        standing_words(award, superseded),
        award.document,
        *(_day(each) for each in (award.awarded_on, award.valid_until, award.re_audit_due)),
    )


def _day(value: datetime.date | None) -> str:
    return value.isoformat() if value else ""
