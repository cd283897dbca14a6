"""Forms of the district's own templates: upload, edit, look, pictures, and acts by a button."""

from __future__ import annotations

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileRequired
from wtforms import Field, FileField, HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import HiddenInput

MOST_BYTES = 100_000
CHOOSE = FileRequired(lazy_gettext("Choose a file."))


def short_enough(form: FlaskForm, field: Field) -> None:
    """Refuse a text that is larger than a template may be."""
    if len((field.data or "").encode()) > MOST_BYTES:
        raise ValidationError(gettext("A template has at most 100 KB."))


class UploadTemplateForm(FlaskForm):  # type: ignore[misc] # the package is not typed
    """The YAML of a template."""

    file = FileField(
        lazy_gettext("YAML file of a template"),
        [CHOOSE],
        description=lazy_gettext("Such as one that was downloaded here before."),
        render_kw={"accept": ".yaml,.yml"},
    )


class TemplateActForm(FlaskForm):  # type: ignore[misc]
    """A button about a template in the version that its reader saw."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class LookForm(FlaskForm):  # type: ignore[misc]
    """What is to be seen of a template."""

    length = SelectField(lazy_gettext("Length of the name"))
    level = SelectField(lazy_gettext("Level"))
    view = SelectField(lazy_gettext("View"))


class TemplateTextForm(TemplateActForm, LookForm):
    """The text of a draft, and what is to be seen of it."""

    text = TextAreaField(
        lazy_gettext("YAML"),
        [short_enough],
        render_kw={"rows": 32, "spellcheck": "false", "wrap": "off", "autocomplete": "off"},
    )


class TemplatePictureForm(TemplateActForm):
    """A picture of the district's own, such as its emblem or seal."""

    file = FileField(
        lazy_gettext("Picture"),
        [CHOOSE],
        description=lazy_gettext(
            "PNG or JPEG, at most 6 MB. It is named by its file name: "
            "{ornament: picture, picture: emblem.png, box: …}"
        ),
        render_kw={"accept": "image/png,image/jpeg"},
    )


class RemoveTemplatePictureForm(TemplateActForm):
    """A picture that is taken away from a draft."""

    name = HiddenField()
