"""Forms of score reports: one item of the plan for the next star."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, Field, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

LONGEST = 1_000
MOST_YEARS = 5


class PlanItemForm(FlaskForm):  # type: ignore[misc] # the package is not typed
    """What is to be done, who sees to it, and by when."""

    version = HiddenField()
    text = TextAreaField(
        lazy_gettext("What we are going to do"),
        [InputRequired(), Length(max=LONGEST)],
        description=lazy_gettext("In your own words: what is done, where, with whom."),
        render_kw={"rows": 3},
    )
    owner = StringField(
        lazy_gettext("Who sees to it"),
        [InputRequired(), Length(max=60)],
        description=lazy_gettext("A name or an office, such as the organisation officer."),
    )
    due = DateField(lazy_gettext("Done by"), [InputRequired()])

    def __init__(self, *given: Any, today: date, **more: Any):
        super().__init__(*given, **more)
        self.today = today

    def validate_due(self, field: Field) -> None:
        """Refuse a day that is over, unless it stood there, and one in the far future."""
        day: date | None = field.data
        if day is None:
            return  # What cannot be read as a day has its words already.
        is_over = day < self.today and day != field.object_data
        if is_over or day.year > self.today.year + MOST_YEARS:
            raise ValidationError(
                gettext("A day from today on, within %(years)s years.", years=MOST_YEARS)
            )


class ChangeItemForm(PlanItemForm):
    """The same later on, when it may be done."""

    is_done = BooleanField(lazy_gettext("It is done"))


class DropItemForm(FlaskForm):  # type: ignore[misc]
    """A button alone."""
