"""Forms of panels: who judges, what ties them, who is admitted, how the order is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

RELATIONS = (
    ("own", lazy_gettext("Own organisation")),
    ("former_post", lazy_gettext("Present or former post")),
    ("declared", lazy_gettext("Declared relation")),
)
MOST_SEATS = 30
_BETWEEN = re.compile(r"[、，,;；\s]+")


def words_of(text: str | None) -> list[str]:
    """Return the words of a line, each once; any usual separator is read."""
    return list(dict.fromkeys(each for each in _BETWEEN.split((text or "").strip()) if each))


def choices_of(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Return what can be chosen, of values and their words."""
    return [SelectChoice(value, words) for value, words in pairs]


def _plain(text: str | None) -> str:
    return (text or "").strip()


class ActForm(FlaskForm):  # type: ignore[misc] # the package is not typed
    """An act without fields of its own."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])


class ReasonForm(ActForm):
    """An act that needs a reason."""

    reason = TextAreaField(
        lazy_gettext("Reason"), [DataRequired(), Length(max=500)], render_kw={"rows": 2}
    )


class CheckboxesField(SelectMultipleField):
    """Boxes to tick, of which any number may be."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PanelForm(ActForm):
    """A panel; the wanted competences are added by `panel_form`."""

    name = StringField(
        lazy_gettext("Name of the panel"), [DataRequired(), Length(max=60)], filters=[_plain]
    )
    categories = CheckboxesField(
        lazy_gettext("Categories heard"),
        description=lazy_gettext("Without any it hears cases of all categories."),
    )
    seats = IntegerField(
        lazy_gettext("Seats of each case"),
        [InputRequired(), NumberRange(1, MOST_SEATS)],
        default=5,
        description=lazy_gettext("How many panellists judge each case."),
    )
    members = CheckboxesField(lazy_gettext("Members of the panel"), coerce=int)
    chair = SelectField(lazy_gettext("Chair"), coerce=int)

    @property
    def wanted_fields(self) -> list[Any]:
        """Return the fields of the wanted competences."""
        return [each for each in self if each.name.startswith("wanted-")]

    @property
    def wanted(self) -> dict[str, int]:
        """Return how many seats want each competence."""
        return {each.label.text: each.data for each in self.wanted_fields if each.data}


def panel_form(competences: Sequence[str], **more: Any) -> PanelForm:
    """Return the form of a panel with a number for each competence that panellists have."""
    fields = {
        f"wanted-{number}": IntegerField(
            name, [Optional(), NumberRange(0, MOST_SEATS)], render_kw={"min": 0, "max": MOST_SEATS}
        )
        for number, name in enumerate(competences)
    }
    made: PanelForm = type("PanelForm", (PanelForm,), fields)(**more)
    return made


class RulesForm(ActForm):
    """What holds for all panels of a round."""

    former_years = IntegerField(
        lazy_gettext("Years for which a former post is a conflict"),
        [InputRequired(), NumberRange(0, 50)],
        description=lazy_gettext("Counted back from the day on which the round was opened."),
    )


class EnterForm(FlaskForm):  # type: ignore[misc]
    """Entering an account among the panellists."""

    account = SelectField(lazy_gettext("Account"), coerce=int)


class PanellistForm(ActForm):
    """What a panellist understands and how much it takes on."""

    competences = StringField(
        lazy_gettext("Competences"),
        [Length(max=300)],
        description=lazy_gettext("Words separated by commas, such as “grassroots, finance”."),
    )
    most_cases = IntegerField(
        lazy_gettext("Most cases"),
        [Optional(), NumberRange(0, 1000)],
        description=lazy_gettext("Leave it empty where there is no limit."),
    )


class TieForm(FlaskForm):  # type: ignore[misc]
    """A tie of a panellist to an organisation."""

    organisation = StringField(
        lazy_gettext("Code or full name of the organisation"),
        [DataRequired(), Length(max=200)],
        filters=[_plain],
    )
    relation = SelectField(
        lazy_gettext("Kind of tie"),
        choices=choices_of(RELATIONS),
        description=lazy_gettext(
            "An own organisation excludes its whole committee; the others exclude the organisation "
            "and all below it."
        ),
    )
    since = DateField(lazy_gettext("From"), [Optional()])
    until = DateField(
        lazy_gettext("Until"),
        [Optional()],
        description=lazy_gettext("Leave it empty where it goes on."),
    )
    note = StringField(lazy_gettext("Note"), [Length(max=300)], filters=[_plain])

    def validate(self, extra_validators: Any = None) -> bool:
        """Return whether all fields can be read and the days are in order."""
        fine = bool(super().validate(extra_validators))
        if fine and self.since.data and self.until.data and self.until.data < self.since.data:
            self.until.errors = [lazy_gettext("The last day lies before the first.")]
            return False
        return fine


class ClearForm(ReasonForm):
    """Clearing a conflict, or letting it hold again."""

    panellist = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    case = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class AdmitForm(FlaskForm):  # type: ignore[misc]
    """Whom the organiser admits, by number."""

    participants = SelectMultipleField(coerce=int, validate_choice=False)


class SeatForm(ActForm):
    """Seating a panellist on a case by hand."""

    panellist = SelectField(lazy_gettext("Panellist"), coerce=int)


class PanelChoiceForm(ActForm):
    """Giving a case to another panel."""

    panel = SelectField(lazy_gettext("Panel"), coerce=int)


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """Confirming an assignment as it was read."""

    digest = StringField(widget=HiddenInput(), validators=[DataRequired()])


class DrawForm(FlaskForm):  # type: ignore[misc]
    """Drawing the order: the word that was called out."""

    word = StringField(
        lazy_gettext("Word that was called out"),
        [Length(max=60)],
        filters=[_plain],
        description=lazy_gettext(
            "Let somebody who did not prepare the lot call out any word or number; nobody knew it "
            "when the seed was bound."
        ),
    )
