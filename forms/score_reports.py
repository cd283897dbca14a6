"""Forms of score reports: one item of the plan for the next star."""

from __future__ import annotations

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

LONGEST = 1_000


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


class ChangeItemForm(PlanItemForm):
    """The same later on, when it may be done."""

    is_done = BooleanField(lazy_gettext("It is done"))


class DropItemForm(FlaskForm):  # type: ignore[misc]
    """A button alone."""
