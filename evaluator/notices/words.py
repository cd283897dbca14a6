"""Words of notices and objections on pages and paper."""

from __future__ import annotations

from datetime import date

from flask_babel import format_date, lazy_gettext

from evaluator.notices.calendar import Day
from evaluator.notices.models import Notice, Objection, ObjectionState
from evaluator.notices.queries import takes_objections
from evaluator.web.languages import language
from evaluator.web.wording import gettext

_STATES = {
    ObjectionState.FILED: lazy_gettext("Received, not looked into yet"),
    ObjectionState.UNDER_CHECK: lazy_gettext("Being looked into"),
    ObjectionState.UPHELD: lazy_gettext("Upheld"),
    ObjectionState.NOT_UPHELD: lazy_gettext("Not upheld"),
    ObjectionState.NOT_ADMITTED: lazy_gettext("Not admitted"),
}


def objection_state(objection: Objection) -> str:
    """Return how far an objection is."""
    return str(_STATES[objection.state])


def notice_state(notice: Notice) -> str:
    """Return how far a notice is."""
    if notice.published_at is None:
        return gettext("Draft")
    if notice.closed_at is not None:
        return gettext("Closed")
    return gettext("Running") if takes_objections(notice) else gettext("Days are over")


def weekday(day: date) -> str:
    """Return a day with its weekday, in the order of the language."""
    if language() == "en":
        return str(format_date(day, "full"))
    return f"{format_date(day, 'long')} {format_date(day, 'EEEE')}"


def day_words(each: Day) -> str:
    """Return why a day counts or does not."""
    if each.is_moved:
        return gettext("worked for a holiday")
    if each.works:
        return gettext("working day")
    return each.holiday or gettext("weekend")
