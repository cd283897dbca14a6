"""Forms of certificates: issuing a batch, replacing and revoking one."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

FILL_IN = InputRequired(_("Fill this in."))
LONGEST = 500
STAYS, PROPOSE = "stays", "propose"


def _stripped(text: str | None) -> str:
    return (text or "").strip()


class IssueForm(FlaskForm):  # type: ignore[misc] # the package is not typed
    """A batch; `seen` is the preview that was read."""

    seen = HiddenField()
    template = SelectField(_("Template"), [FILL_IN])


class SignForm(FlaskForm):  # type: ignore[misc]
    """A batch to be signed; `fingerprint` is of the certificate that was shown."""

    fingerprint = HiddenField()


class _ReasonForm(FlaskForm):  # type: ignore[misc]
    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())
    reason = TextAreaField(
        _("Reason"),
        [FILL_IN, Length(max=LONGEST, message=_("This is too long."))],
        description=_("Everybody who verifies the certificate reads it; leave names out."),
        filters=[_stripped],
        render_kw={"rows": 3, "maxlength": LONGEST},
    )
    document = StringField(
        _("Document number"),
        [Length(max=100, message=_("This is too long."))],
        description=_("May be left empty."),
        filters=[_stripped],
        render_kw={"maxlength": 100},
    )


class ReplaceForm(_ReasonForm):
    """Why another certificate takes the place of one."""


class EndForm(_ReasonForm):
    """Why a certificate ends before its last day."""


class AgreeForm(FlaskForm):  # type: ignore[misc]
    """That a second person agrees to what was read."""

    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())


class WithdrawForm(AgreeForm):
    """Why a proposal is taken back, or refused."""

    reason = TextAreaField(
        _("Reason"),
        [FILL_IN, Length(max=LONGEST, message=_("This is too long."))],
        filters=[_stripped],
        render_kw={"rows": 2, "maxlength": LONGEST},
    )


class RevokeForm(_ReasonForm):
    """Why a certificate is revoked, and what is to become of its award."""

    award = RadioField(
        _("What becomes of the award"),
        [InputRequired(_("Choose one of these."))],
        choices=[
            SelectChoice(STAYS, _("The award stays; only this certificate is revoked")),
            SelectChoice(PROPOSE, _("The level is to be taken away too: propose it next")),
        ],
    )
