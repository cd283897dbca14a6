"""Forms of the outbox: letters put right, let go and withdrawn, and one's own mail address."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.widgets import HiddenInput

FILL_IN = InputRequired(_("Fill this in."))
LONGEST_TITLE = 200
LONGEST_TEXT = 20_000
LONGEST_REASON = 500


class VersionForm(FlaskForm):  # type: ignore[misc] # the package is not typed
    """A button that says which version of a letter was read."""

    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())


class LetterForm(VersionForm):
    """The words of a letter."""

    title = StringField(
        _("Subject line"),
        [FILL_IN, Length(max=LONGEST_TITLE, message=_("This is too long."))],
        render_kw={"maxlength": LONGEST_TITLE},
    )
    text = TextAreaField(
        _("Text of the letter"),
        [FILL_IN, Length(max=LONGEST_TEXT, message=_("This is too long."))],
        description=_("Plain text; an empty line begins a new paragraph."),
        render_kw={"rows": 12},
    )
    all_alike = BooleanField(_("Change all held letters of the batch that read the same"))


class ReasonForm(VersionForm):
    """Why a letter is withdrawn."""

    reason = StringField(
        _("Reason"),
        [FILL_IN, Length(max=LONGEST_REASON, message=_("This is too long."))],
        render_kw={"maxlength": LONGEST_REASON},
    )


class BatchForm(FlaskForm):  # type: ignore[misc]
    """A batch, and how many letters of it were held when the page was read."""

    batch = HiddenField(validators=[InputRequired()])
    count = IntegerField(validators=[InputRequired(), NumberRange(min=1)], widget=HiddenInput())


class BatchReasonForm(BatchForm):
    """Why all letters of a batch are withdrawn."""

    reason = StringField(
        _("Reason"),
        [FILL_IN, Length(max=LONGEST_REASON, message=_("This is too long."))],
        id="batch-reason",
        render_kw={"maxlength": LONGEST_REASON},
    )


class AddressForm(FlaskForm):  # type: ignore[misc]
    """Where a person wants to get mail."""

    address = StringField(
        _("Mail address"),
        [FILL_IN, Length(max=254, message=_("This is too long."))],
        description=_("A code is sent there, which you then type in here."),
        render_kw={"type": "email", "autocomplete": "email", "maxlength": 254},
    )


class MailCodeForm(FlaskForm):  # type: ignore[misc]
    """The code that came by mail."""

    code = StringField(
        _("Code from the mail"),
        [FILL_IN, Length(max=20, message=_("This is too long."))],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 20},
    )
