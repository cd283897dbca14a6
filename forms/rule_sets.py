"""Forms of rule sets: upload, edit, and acts that need nothing but a press of a button."""

from __future__ import annotations

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, IntegerField, MultipleFileField, SelectField, TextAreaField
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import HiddenInput

MOST_BYTES = 400_000


def short_enough(form: FlaskForm, field: Field) -> None:
    """Refuse a text that is larger than a file may be."""
    if len((field.data or "").encode()) > MOST_BYTES:
        raise ValidationError(gettext("A file has at most 400 KB; share parts of it by extends:."))


class UploadForm(FlaskForm):  # type: ignore[misc] # the package is not typed
    """YAML files: a rule set, the files that it extends, and its cases."""

    files = MultipleFileField(
        lazy_gettext("YAML files"),
        description=lazy_gettext(
            "One or several at once: rule sets, the shared file that they extend, and cases."
        ),
        render_kw={"accept": ".yaml,.yml"},
    )


class ShippedForm(FlaskForm):  # type: ignore[misc]
    """One of the rule sets that come with the program."""

    name = SelectField(lazy_gettext("Rule set of the program"))


class ActForm(FlaskForm):  # type: ignore[misc]
    """A button about a rule set in the version that its reader saw."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class EditForm(ActForm):
    """The text of one file of a draft."""

    file = HiddenField()
    text = TextAreaField(
        lazy_gettext("YAML"),
        [short_enough],
        render_kw={"rows": 28, "spellcheck": "false", "wrap": "off", "autocomplete": "off"},
    )


class AddFilesForm(ActForm, UploadForm):
    """More files of a draft."""


class RemoveFileForm(ActForm):
    """A file that is taken out of a draft."""

    file = HiddenField()
