"""Forms of evidence: files to upload, and the date of what they show."""

from __future__ import annotations

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, IntegerField, MultipleFileField, SelectField
from wtforms.validators import InputRequired, Optional

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.pptx"
"""What the browser offers to choose; it counts for nothing in the check."""


class FilesForm(FlaskForm):  # type: ignore[misc] # the package is not typed
    """Several files at once, and the indicator that they prove, which may be said later."""

    files = MultipleFileField(lazy_gettext("Files"), render_kw={"accept": ACCEPTED})
    indicator = SelectField(lazy_gettext("They prove"), validate_choice=False)
    next = HiddenField()


class DateForm(FlaskForm):  # type: ignore[misc] # the package is not typed
    """When what a file shows took place; empty where it has no date."""

    evidence_date = DateField(lazy_gettext("Date of the evidence"), [Optional()])
    version = IntegerField(validators=[InputRequired()])


class LinkForm(FlaskForm):  # type: ignore[misc] # the package is not typed
    """A file and an indicator that it proves."""

    indicator = SelectField(lazy_gettext("Indicator"), [InputRequired()], validate_choice=False)
