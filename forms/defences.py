"""Forms of the defence: the score sheet from a rule set's rubric, and the acts around it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from rules.syntax import Fact

LONG = Length(max=2_000)
BEFORE, AFTER = "before-", "after-"


def sheet_form(rubric: Mapping[str, Fact], language: str) -> type[FlaskForm]:
    """Return the form of a score sheet: a first and a second score of each fact of a rubric.

    It only collects text: what is typed is kept as it is, and read by the readers of scoring when
    the sheet is handed in.
    """
    members: dict[str, Any] = {}
    for name, fact in rubric.items():
        label = fact.label.say(language)
        keyboard = {"inputmode": "numeric" if fact.type == "integer" else "decimal"}
        keyboard |= {"maxlength": "40", "autocomplete": "off"}
        members[BEFORE + name] = StringField(
            lazy_gettext("%(label)s: first score, after the report", label=label),
            render_kw=keyboard,
        )
        members[AFTER + name] = StringField(
            lazy_gettext("%(label)s: second score, after the questions", label=label),
            render_kw=keyboard,
        )
    members["reason"] = TextAreaField(
        lazy_gettext("Why the second score differs from the first"),
        description=lazy_gettext("The panel reads it once the sheet is handed in."),
        render_kw={"rows": 3, "maxlength": "2000"},
    )
    members["note"] = TextAreaField(
        lazy_gettext("My own note"),
        description=lazy_gettext("Nobody else ever reads it."),
        render_kw={"rows": 4, "maxlength": "10000"},
    )
    return type("SheetForm", (FlaskForm,), members)


class ActForm(FlaskForm):  # type: ignore[misc] # the package is not typed
    """A button alone."""


class VersionForm(FlaskForm):  # type: ignore[misc]
    """An act on what was read: its version comes back with it."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class MoveForm(VersionForm):
    """Letting a hearing go on, or back."""

    to = HiddenField(validators=[InputRequired()])


class RecuseForm(FlaskForm):  # type: ignore[misc]
    """Withdrawing from a case."""

    reason = TextAreaField(
        lazy_gettext("Why you withdraw"),
        [InputRequired(), LONG],
        description=lazy_gettext("Such as a relation that was not known. The organiser reads it."),
        render_kw={"rows": 2},
    )


class ReopenForm(FlaskForm):  # type: ignore[misc]
    """Opening a closed case again."""

    sheets = SelectMultipleField(
        lazy_gettext("Sheets that are given back"),
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    reason = TextAreaField(lazy_gettext("Reason"), [InputRequired(), LONG], render_kw={"rows": 2})


class SettleForm(FlaskForm):  # type: ignore[misc]
    """What came of a second look."""

    outcome = TextAreaField(
        lazy_gettext("What came of the second look"), [InputRequired(), LONG], render_kw={"rows": 2}
    )


class PlanForm(FlaskForm):  # type: ignore[misc]
    """What a timetable is made from."""

    rooms = TextAreaField(
        lazy_gettext("Rooms"),
        [InputRequired(), LONG],
        description=lazy_gettext("One in each line."),
        render_kw={"rows": 3},
    )
    days = TextAreaField(
        lazy_gettext("Days"),
        [InputRequired(), LONG],
        description=lazy_gettext("One in each line, such as 2027-03-08."),
        render_kw={"rows": 3},
    )
    begins = TimeField(lazy_gettext("Begin of a day"), [InputRequired()], default=time(9))
    ends = TimeField(lazy_gettext("End of a day"), [InputRequired()], default=time(17, 30))
    report = IntegerField(
        lazy_gettext("Minutes for the report"), [InputRequired(), NumberRange(1, 240)], default=10
    )
    questions = IntegerField(
        lazy_gettext("Minutes for questions"), [InputRequired(), NumberRange(0, 240)], default=10
    )
    breaks = TextAreaField(
        lazy_gettext("Breaks"),
        [Optional(), LONG],
        default="12:00-14:00",
        description=lazy_gettext("One in each line, such as 12:00-14:00."),
        render_kw={"rows": 2},
    )
    keep = BooleanField(
        lazy_gettext("Leave the cases that have a time where they are"), default=True
    )
    version = IntegerField(widget=HiddenInput(), default=0)


class SittingForm(FlaskForm):  # type: ignore[misc]
    """Moving a case by hand."""

    room = StringField(lazy_gettext("Room"), [InputRequired(), Length(max=100)])
    day = DateField(lazy_gettext("Day"), [InputRequired()], default=date.today)
    begins = TimeField(lazy_gettext("Begin"), [InputRequired()])
    minutes = IntegerField(
        lazy_gettext("Minutes for the case"), [InputRequired(), NumberRange(1, 480)]
    )
    version = IntegerField(widget=HiddenInput(), default=0)
