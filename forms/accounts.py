"""Forms of accounts: signing in, the own account, and what an administrator fills in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileAllowed, FileField, FileRequired
from wtforms import (
    HiddenField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than stubs
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

FILL_IN = InputRequired(_("Fill this in."))
LONGEST = 200
SHORT = Length(max=LONGEST, message=_("This is too long."))
CODE_KEYS = {"autocomplete": "one-time-code", "inputmode": "numeric"}


class SignInForm(FlaskForm):  # type: ignore[misc] # the package is not typed
    """The first step of a log-in."""

    login_name = StringField(
        _("Log-in name"),
        [FILL_IN, SHORT],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _("Password"), [FILL_IN, SHORT], render_kw={"autocomplete": "current-password"}
    )


class CodeForm(FlaskForm):  # type: ignore[misc]
    """The second step of a log-in."""

    code = StringField(
        _("Verification code"),
        [FILL_IN, SHORT],
        description=_("Six digits from the app on your phone, or one of your recovery codes."),
        render_kw={"autocomplete": "one-time-code", "spellcheck": "false"},
    )


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """A proof before a dangerous act that the person is still the one who signed in."""

    proof = PasswordField(
        _("Password or code"),
        [FILL_IN, SHORT],
        description=_("Your password, or six digits from the app on your phone."),
        render_kw={"autocomplete": "current-password"},
    )


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """A new password of one's own."""

    old = PasswordField(
        _("Present password"), [FILL_IN, SHORT], render_kw={"autocomplete": "current-password"}
    )
    new = PasswordField(
        _("New password"),
        [FILL_IN],
        description=_("At least 10 characters without your log-in name; best a short sentence."),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _("New password once more"), [FILL_IN], render_kw={"autocomplete": "new-password"}
    )


class SecondFactorForm(FlaskForm):  # type: ignore[misc]
    """The first code of a new second factor, to see that the app has read it."""

    code = StringField(
        _("Code that the app shows"), [FILL_IN, SHORT], render_kw={**CODE_KEYS, "maxlength": "10"}
    )


class LanguageForm(FlaskForm):  # type: ignore[misc]
    """The language in which a person reads."""

    language = SelectField(
        _("Language"), choices=[SelectChoice("zh", "中文"), SelectChoice("en", "English")]
    )


class TokenForm(FlaskForm):  # type: ignore[misc]
    """A token for a program; the scopes that can be chosen are set by the view."""

    name = StringField(
        _("What the token is for"),
        [FILL_IN, SHORT],
        description=_("Such as the name of the program that will use it."),
    )
    days = SelectField(
        _("How long it works"),
        choices=[
            SelectChoice("30", _("30 days")),
            SelectChoice("90", _("90 days")),
            SelectChoice("365", _("One year")),
        ],
    )
    scopes = SelectMultipleField(
        _("What it may do"),
        [InputRequired(_("Choose at least one."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class NameForm(FlaskForm):  # type: ignore[misc]
    """The name of an account; `seen` is what it was when the page was opened."""

    name = StringField(_("Full name"), [FILL_IN, SHORT])
    seen = HiddenField()


class GrantForm(FlaskForm):  # type: ignore[misc]
    """A role at a place; the roles that can be chosen are set by the view."""

    role = SelectField(_("Role"), [FILL_IN])
    organisation = StringField(
        _("Organisation"),
        [FILL_IN, SHORT],
        description=_("Its code or name; the role holds there and everywhere below."),
        render_kw={"list": "places", "autocomplete": "off"},
    )


class AccountForm(GrantForm):
    """A new account with its first role."""

    login_name = StringField(
        _("Log-in name"),
        [FILL_IN, SHORT],
        description=_("Letters, digits and . _ @ -; it cannot be changed later."),
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    name = StringField(_("Full name"), [FILL_IN, SHORT], render_kw={"autocomplete": "off"})


class ImportAccountsForm(FlaskForm):  # type: ignore[misc]
    """A workbook with many new accounts."""

    file = FileField(
        _("Workbook (.xlsx)"),
        [
            FileRequired(_("Choose a file.")),
            FileAllowed(["xlsx"], _("Choose a workbook that ends in .xlsx.")),
        ],
        render_kw={"accept": ".xlsx"},
    )
