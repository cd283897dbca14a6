"""Sentences of score reports."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.score_reports.content import Report
from evaluator.score_reports.policy import FEWEST
from evaluator.web.wording import gettext


def meaning_words(report: Report) -> Iterator[str]:
    """Yield what the level and the points mean, and what of them is not settled yet."""
    if report.is_decided:
        yield gettext("This is the result that was decided for this round.")
        if report.basis:
            yield gettext("The level rests on: %(basis)s.", basis=report.basis)
    else:
        yield gettext(
            "Nothing is decided that has been made public. These are the points after the "
            "committee's review and the level that they give by themselves; the defence, the "
            "joint check and quotas may still change it."
        )
    if report.waiting:
        yield gettext("%(count)s indicators have no points yet.", count=report.waiting)
    yield from report.steps
    if not report.has_median:
        yield gettext(
            "Medians are shown from %(count)s reviewed organisations of a category on.",
            count=FEWEST,
        )
