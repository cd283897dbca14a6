"""The form by which a branch submits its application."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import InputRequired, Length


class SubmissionForm(FlaskForm):  # type: ignore[misc] # the package is not typed
    """Level claimed, secretary's name and declaration; without a level where none is claimed."""

    claimed_level = SelectField(
        lazy_gettext("Level applied for"),
        [InputRequired(lazy_gettext("Choose the level that you apply for."))],
    )
    secretary = StringField(
        lazy_gettext("Name of the secretary"),
        [InputRequired(lazy_gettext("Write the name of the secretary.")), Length(max=60)],
    )
    declared = BooleanField(
        lazy_gettext("I declare the above"),
        [InputRequired(lazy_gettext("Without the declaration nothing can be submitted."))],
    )

    def offer_levels(self, titles: Mapping[str, str]) -> None:
        """Offer the levels of a rule set, none of them chosen."""
        choices = [SelectChoice("", "—")]
        choices += [SelectChoice(name, title) for name, title in titles.items()]
        self.claimed_level.choices = choices
