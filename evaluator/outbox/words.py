"""What the states of letters and what they are about are called on the pages."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from evaluator.outbox.models import LetterState

STATES: Mapping[LetterState, LazyString] = {
    LetterState.HELD: _("Held"),
    LetterState.READY: _("Let go"),
    LetterState.SENT: _("Sent"),
    LetterState.FAILED: _("Not delivered"),
    LetterState.WITHDRAWN: _("Withdrawn"),
}
SUBJECTS: Mapping[str, LazyString] = {
    "application": _("Application"),
    "review": _("Committee review"),
    "appraisal": _("Appraisals"),
    "site_check": _("Site checks"),
    "panel": _("Panels"),
    "defence": _("Defence"),
    "decision": _("Decision"),
    "notice": _("Public notice"),
    "objection": _("Objections"),
    "award": _("Awards"),
    "score_report": _("Score reports"),
}
"""What stands before the dot of what a letter is about; anything else is shown as it is."""


def about_words(about: str) -> LazyString | str:
    """Return what a letter is about in words."""
    subject = about.partition(".")[0]
    return SUBJECTS.get(subject, subject)
