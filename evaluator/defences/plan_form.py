"""The form of a timetable: filled with how it was made last, and read with errors at its fields."""

from __future__ import annotations

from datetime import time
from typing import Any

from evaluator.defences.models import DefencePlan
from evaluator.defences.planning import Settings, lines_of, read_breaks, read_days
from evaluator.defences.timetabling import Times
from evaluator.web.wording import gettext
from forms.defences import PlanForm

MOST_DAYS = 60


def filled_plan_form(stored: DefencePlan | None) -> PlanForm:
    """Return the form as the timetable was made last."""
    if stored is None or not stored.settings:
        return PlanForm(formdata=None, version=stored.version if stored else 0)
    kept = stored.settings
    return PlanForm(
        formdata=None,
        rooms="\n".join(kept["rooms"]),
        days="\n".join(kept["days"]),
        begins=time.fromisoformat(kept["begins"]),
        ends=time.fromisoformat(kept["ends"]),
        report=kept["report"],
        questions=kept["questions"],
        breaks="\n".join(kept["breaks"]),
        version=stored.version,
    )


def settings_in(form: PlanForm) -> Settings | None:
    """Return the settings of a valid form; None, with errors at their fields, where it has none."""
    given: dict[str, Any] = form.data
    days, breaks = _read(form.days, read_days), _read(form.breaks, read_breaks)
    for field in (form.rooms, form.days):
        if not lines_of(field.data or ""):
            field.errors = [gettext("Write at least one line.")]
    if given["begins"] >= given["ends"]:
        form.ends.errors = [gettext("A day ends after it begins.")]
    if days is not None and len(days) > MOST_DAYS:
        form.days.errors = [gettext("A timetable has %(count)s days at most.", count=MOST_DAYS)]
    if days is None or breaks is None or any(field.errors for field in form):
        return None
    minutes = given["report"] + given["questions"]
    times = Times(days, given["begins"], given["ends"], minutes, breaks)
    return Settings(lines_of(given["rooms"]), times, given["report"], given["questions"])


def _read(field: Any, read: Any) -> Any:
    try:
        return read(field.data or "")
    except ValueError as error:
        field.errors = [gettext("This line cannot be read: %(line)s", line=str(error))]
        return None
