"""Forms of the decision: levels that people give, the joint check, the minutes."""

from __future__ import annotations

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileAllowed, FileField, FileRequired
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

_SHORT, _LONG = Length(max=200), Length(max=2000)
_ROWS = {"rows": 3}


class DecideAllForm(FlaskForm):  # type: ignore[misc] # the package is not typed
    """The decision of a category as computed; `seen` is the board that was looked at."""

    refused = ""
    seen = HiddenField(validators=[InputRequired()])
    reason = TextAreaField(
        lazy_gettext("Reason"),
        [_LONG],
        description=lazy_gettext("Asked for where some applications are not ready yet."),
        render_kw={"rows": 2},
    )


class LevelForm(FlaskForm):  # type: ignore[misc]
    """A level that is proposed, or that a higher authority has given."""

    refused = ""
    level = SelectField(lazy_gettext("Level"))
    basis = HiddenField()
    reason = TextAreaField(lazy_gettext("Reason"), [InputRequired(), _LONG], render_kw=_ROWS)
    accepts = BooleanField(
        lazy_gettext("I know that this breaks a quota; let it stand in the minutes")
    )


class HigherForm(LevelForm):
    """A level that a higher authority has given, with its document."""

    reason = TextAreaField(
        lazy_gettext("Document"),
        [InputRequired(), _LONG],
        description=lazy_gettext("Give the number and date of the document."),
        render_kw=_ROWS,
    )


class ActForm(FlaskForm):  # type: ignore[misc]
    """An act on what was read; its version comes back with it."""

    refused = ""
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class ReasonForm(ActForm):
    """An act with a reason."""

    reason = TextAreaField(lazy_gettext("Reason"), [InputRequired(), _LONG], render_kw={"rows": 2})


class ListForm(FlaskForm):  # type: ignore[misc]
    """A list of a department for the joint check."""

    department = StringField(
        lazy_gettext("Department"),
        [InputRequired(), _SHORT],
        description=lazy_gettext("Such as the discipline inspection office."),
    )
    file = FileField(
        lazy_gettext("Workbook (.xlsx)"),
        [
            FileRequired(lazy_gettext("Choose a file.")),
            FileAllowed(["xlsx"], lazy_gettext("Choose a workbook that ends in .xlsx.")),
        ],
        render_kw={"accept": ".xlsx"},
    )


class ConfirmListForm(FlaskForm):  # type: ignore[misc]
    """The confirmation of exactly what a preview showed."""

    refused = ""
    previewed = HiddenField(validators=[InputRequired()])
    department = HiddenField(validators=[InputRequired(), _SHORT])
    others_clean = BooleanField(
        lazy_gettext("All departments have answered: nothing was found against the others"),
        description=lazy_gettext("Those of whom nothing is known get an empty list."),
    )


class EvidenceForm(ActForm):
    """The evidence of a finding."""

    file = FileField(
        lazy_gettext("Evidence (PDF, picture or document)"),
        [FileRequired(lazy_gettext("Choose a file."))],
    )


class MinutesForm(FlaskForm):  # type: ignore[misc]
    """What the minutes of a meeting say besides its decisions."""

    refused = ""
    # To the minute: browsers take no other minute where the proposed moment has seconds.
    held_at = DateTimeLocalField(
        lazy_gettext("Held at"), [InputRequired()], format="%Y-%m-%dT%H:%M"
    )
    chair = StringField(lazy_gettext("Chaired by"), [InputRequired(), _SHORT])
    present = TextAreaField(
        lazy_gettext("Present"),
        [InputRequired(), _LONG],
        description=lazy_gettext("A name a line, with the post where it matters."),
        render_kw={"rows": 4},
    )
    text = TextAreaField(
        lazy_gettext("Course of the meeting and votes"),
        [Length(max=10_000)],
        description=lazy_gettext("Such as: 11 entitled, 10 present, 10 in favour."),
        render_kw={"rows": 5},
    )
