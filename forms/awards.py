"""Forms of awards: awarding, demotion and revocation, re-audits, follow-up tasks."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

FILL_IN = InputRequired(_("Fill this in."))
LONGEST = 1_000


def _stripped(text: str | None) -> str:
    return (text or "").strip()


def _words(label: str, hint: str = "") -> TextAreaField:
    """Return a field for a few sentences that must be filled in."""
    return TextAreaField(
        label,
        [FILL_IN, Length(max=LONGEST, message=_("This is too long."))],
        description=hint,
        filters=[_stripped],
        render_kw={"rows": 3, "maxlength": LONGEST},
    )


class VersionForm(FlaskForm):  # type: ignore[misc] # the package is not typed
    """A button that says which version was read."""

    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())


class AwardForm(FlaskForm):  # type: ignore[misc]
    """The document by which all of a notice are awarded; `seen` is the preview that was read."""

    seen = HiddenField()
    document = StringField(
        _("Document number"),
        [FILL_IN, Length(max=100, message=_("This is too long."))],
        filters=[_stripped],
        render_kw={"maxlength": 100},
    )
    awarded_on = DateField(
        _("Date of the document"),
        [InputRequired(_("Give a day, such as 2027-04-20."))],
        description=_("After the last day of the notice, today at most."),
    )


class ProposalForm(VersionForm):
    """What an award is to come to, and why."""

    to_level = SelectField(_("Level to be held"), [FILL_IN])
    reason = _words(_("Reason"), _("The branch reads it when a second organiser has confirmed."))


class ReasonForm(VersionForm):
    """Why something is taken back."""

    reason = _words(_("Reason"))


class ReAuditForm(VersionForm):
    """What a re-audit that was passed has found."""

    findings = _words(_("What the re-audit found"))


class TaskForm(VersionForm):
    """A follow-up task."""

    text = _words(_("What is to be done"))
    owner = StringField(
        _("Responsible"),
        [Length(max=100, message=_("This is too long."))],
        filters=[_stripped],
        render_kw={"maxlength": 100},
    )
    due = DateField(_("To be done by"), [Optional()])


class DoneForm(VersionForm):
    """What was done."""

    note = _words(_("What was done"))
