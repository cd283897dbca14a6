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
    "certificate": _("Certificates"),
    "score_report": _("Score reports"),
}
"""What stands before the dot of what a letter is about: the outbox is narrowed by it."""
EVENTS: Mapping[str, LazyString] = {
    "review.return": _("Returned to be mended"),
    "review.finish": _("Review finished"),
    "panel.admit": _("Admitted to the defence"),
    "panel.not_admitted": _("Not admitted to the defence"),
    "panel.dismiss": _("Taken out of the defence"),
    "defence.timetable": _("Timetable of the defence"),
    "defence.give_back": _("Score sheet given back"),
    "defence.too_few": _("Too few scores"),
    "decision.proposed": _("Level waits for a second person"),
    "objection.filed": _("Objection received"),
    "objection.appointed": _("Objection to handle"),
    "objection.opinions": _("Opinions on an objection are there"),
    "award.given": _("Award given"),
    "award.proposed": _("Demotion or revocation waits for a second person"),
    "award.changed": _("Award changed"),
    "award.follow_up": _("Follow-up tasks"),
    "certificate.issued": _("Certificate issued"),
    "certificate.replaced": _("Replaced by another certificate"),
    "certificate.revoked": _("Certificate revoked"),
    "certificate.ended": _("The certificate was ended early"),
    "certificate.expiring": _("Certificate ends soon"),
    "certificate.proposed": _("Change of a certificate waits for a second person"),
    "mail_address.confirm": _("Confirmation of a mail address"),
}
"""Every event that a letter is about; a test finds those that lack words."""


def about_words(about: str) -> LazyString:
    """Return what a letter is about in words, never as it is stored."""
    subject = about.partition(".")[0]
    return EVENTS.get(about) or SUBJECTS.get(subject) or _("Other matters")
