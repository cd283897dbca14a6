"""Forms of public notices: drawing one up, correcting it, objecting, handling an objection."""

from __future__ import annotations

import re

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

LONGEST = 5_000
MOST_DAYS = 60
MOST_FILES = 3
_ID_NUMBER = re.compile(r"\d{17}[\dXx]")


def _stripped(text: str | None) -> str:
    return (text or "").strip()


def _without_id_number(_form: FlaskForm, field: Field) -> None:
    if _ID_NUMBER.search(re.sub(r"[\s-]", "", field.data or "")):
        raise ValidationError(gettext("Leave the number of the identity card out; nobody asks it."))


def _letters(_form: FlaskForm, field: Field) -> None:
    if field.data and sum(each.isalpha() for each in field.data) < 2:
        raise ValidationError(gettext("Give the name as it stands in your identity card."))


class Boxes(SelectMultipleField):
    """Several choices as a list of boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ActForm(FlaskForm):  # type: ignore[misc] # the package is not typed
    """A button, with the version of what it acts on."""

    version = HiddenField()


class PlanForm(FlaskForm):  # type: ignore[misc]
    """What a notice says around its names, and how long it runs."""

    version = HiddenField()
    title = StringField(
        lazy_gettext("Title of the notice"), [InputRequired(), Length(max=120)], filters=[_stripped]
    )
    categories = Boxes(
        lazy_gettext("Categories"),
        [InputRequired(lazy_gettext("Tick one category at least."))],
        description=lazy_gettext("All who have been given a level in them come on the notice."),
    )
    working_days = IntegerField(
        lazy_gettext("Working days"), [InputRequired(), NumberRange(1, MOST_DAYS)]
    )
    introduction = TextAreaField(
        lazy_gettext("Introduction"),
        [InputRequired(), Length(max=LONGEST)],
        render_kw={"rows": 5},
        filters=[_stripped],
    )
    office = TextAreaField(
        lazy_gettext("Where objections are taken besides this page"),
        [InputRequired(), Length(max=1_000)],
        description=lazy_gettext("Telephone, post, place and hours; it is public."),
        render_kw={"rows": 4},
        filters=[_stripped],
    )


class CorrectionForm(FlaskForm):  # type: ignore[misc]
    """What a published notice is to say differently."""

    version = HiddenField()
    entry = HiddenField()
    name = StringField(lazy_gettext("Name on the notice"), [Length(max=200)], filters=[_stripped])
    committee = StringField(
        lazy_gettext("Committee on the notice"), [Length(max=200)], filters=[_stripped]
    )
    more_days = IntegerField(
        lazy_gettext("Further working days"), [Optional(), NumberRange(0, MOST_DAYS)], default=0
    )
    text = TextAreaField(
        lazy_gettext("What changes, and why"),
        [InputRequired(), Length(max=500)],
        description=lazy_gettext("It stands on the public page."),
        render_kw={"rows": 3},
        filters=[_stripped],
    )


class ObjectionForm(FlaskForm):  # type: ignore[misc]
    """An objection of a member of the public."""

    name = StringField(
        lazy_gettext("Your real name"),
        [Length(max=60), _letters, _without_id_number],
        render_kw={"autocomplete": "name"},
        filters=[_stripped],
    )
    contact = StringField(
        lazy_gettext("How to reach you"),
        [Length(max=120), _without_id_number],
        description=lazy_gettext("Telephone or mail; leave out the number of the identity card."),
        render_kw={"autocomplete": "tel"},
        filters=[_stripped],
    )
    text = TextAreaField(
        lazy_gettext("What you object to, and the facts"),
        [InputRequired(), Length(10, LONGEST), _without_id_number],
        render_kw={"rows": 7},
        filters=[_stripped],
    )
    files = MultipleFileField(
        lazy_gettext("Attachments"),
        description=lazy_gettext(
            "Up to 3 files of 7 MB together: PDF, pictures, Office documents."
        ),
    )
    truthful = BooleanField(
        lazy_gettext("What I say is true to the best of my knowledge; I answer for it."),
        [InputRequired(lazy_gettext("Tick this to send the objection."))],
    )

    def ask_name(self) -> None:
        """Make name and contact something that must be given."""
        for field in (self.name, self.contact):
            field.validators = [
                InputRequired(lazy_gettext("Objections are taken under real names; fill this in.")),
                *field.validators,
            ]
            field.flags.required = True


class FollowForm(FlaskForm):  # type: ignore[misc]
    """The code of a receipt."""

    code = StringField(
        lazy_gettext("Code on your receipt"),
        [InputRequired(), Length(max=40)],
        render_kw={"autocomplete": "off"},
    )


class AppointForm(FlaskForm):  # type: ignore[misc]
    """Who handles an objection."""

    version = HiddenField()
    handlers = Boxes(lazy_gettext("Members of the second panel"), coerce=int, validate_choice=False)


class OpinionForm(FlaskForm):  # type: ignore[misc]
    """What a member of the second panel thinks."""

    upholds = RadioField(
        lazy_gettext("Your opinion"),
        [InputRequired(lazy_gettext("Choose one of these."))],
        choices=[
            SelectChoice("yes", lazy_gettext("The objection is right: decide the case anew")),
            SelectChoice("no", lazy_gettext("The objection is not right: the level stays")),
        ],
    )
    opinion = TextAreaField(
        lazy_gettext("Reasons"),
        [InputRequired(), Length(max=LONGEST)],
        render_kw={"rows": 6},
        filters=[_stripped],
    )


class OutcomeForm(FlaskForm):  # type: ignore[misc]
    """The outcome of an objection."""

    version = HiddenField()
    outcome = RadioField(
        lazy_gettext("Outcome"),
        [InputRequired(lazy_gettext("Choose one of these."))],
        choices=[
            SelectChoice("upheld", lazy_gettext("Upheld")),
            SelectChoice("not_upheld", lazy_gettext("Not upheld")),
            SelectChoice("not_admitted", lazy_gettext("Not admitted")),
        ],
    )
    reason = TextAreaField(
        lazy_gettext("Reason"),
        [InputRequired(), Length(max=LONGEST)],
        description=lazy_gettext("Whoever objected reads it; leave names of persons out."),
        render_kw={"rows": 6},
        filters=[_stripped],
    )
