"""Forms of rule sets: upload, edit, and acts that need nothing but a press of a button."""

from __future__ import annotations

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, MultipleFileField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

MOST_CHARACTERS = 400_000


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
        [
            Length(
                max=MOST_CHARACTERS,
                message=lazy_gettext("A file has at most 400,000 characters; share parts of it."),
            )
        ],
        render_kw={"rows": 28, "spellcheck": "false", "wrap": "off", "autocomplete": "off"},
    )


class AddFilesForm(ActForm, UploadForm):
    """More files of a draft."""


class RemoveFileForm(ActForm):
    """A file that is taken out of a draft."""

    file = HiddenField()
