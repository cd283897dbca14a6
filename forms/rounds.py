"""Forms of rounds: what a round is, its rule sets, its calendar, and changes with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

MINUTE = "%Y-%m-%dT%H:%M"
Choice = tuple[str, str]


class EndField(DateTimeLocalField):
    """The end of a step. A browser knows no 24:00: it is shown, and may be typed, as 23:59."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take 23:59 of a day for its end."""
        super().process_formdata(valuelist)
        if self.data and self.data.time() == time(23, 59):
            self.data += timedelta(minutes=1)

    def _value(self) -> str:
        if not self.raw_data and self.data and self.data.time() == time():
            return (self.data - timedelta(minutes=1)).strftime(MINUTE)
        shown: str = super()._value()  # type: ignore[misc] # missing in the stubs
        return shown


class ActForm(FlaskForm):  # type: ignore[misc] # the package is not typed
    """A button about a round in the version that its reader saw."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class RoundForm(FlaskForm):  # type: ignore[misc]
    """A new round."""

    year = IntegerField(
        lazy_gettext("Rated year"),
        [
            InputRequired(lazy_gettext("Give the year, such as 2026.")),
            NumberRange(2000, 2100, lazy_gettext("Give the year, such as 2026.")),
        ],
        description=lazy_gettext("The year whose work is rated; facts of this year are read."),
        render_kw={"inputmode": "numeric"},
    )
    title = StringField(
        lazy_gettext("Title"),
        [
            DataRequired(lazy_gettext("Give a title of at most 120 characters.")),
            Length(max=120, message=lazy_gettext("Give a title of at most 120 characters.")),
        ],
    )


class RenameForm(ActForm, RoundForm):
    """Year and title of a round that is being planned."""


class ReasonForm(ActForm):
    """An act that needs a reason."""

    reason = TextAreaField(
        lazy_gettext("Reason"),
        [
            DataRequired(lazy_gettext("Give the reason; everybody who sees the round reads it.")),
            Length(max=500, message=lazy_gettext("A reason has at most 500 characters.")),
        ],
        render_kw={"rows": 2},
    )


class ExtendForm(ReasonForm):
    """A later end of a step."""

    closes_at = EndField(
        lazy_gettext("New end"),
        [InputRequired(lazy_gettext("Give the day and the minute."))],
        format=MINUTE,
        description=lazy_gettext("23:59 holds until 24:00 of the day."),
    )


class MoveForm(ExtendForm):
    """Other moments of a step that has not begun."""

    opens_at = DateTimeLocalField(
        lazy_gettext("New beginning"),
        [InputRequired(lazy_gettext("Give the day and the minute."))],
        format=MINUTE,
    )


def choice_form(
    categories: Mapping[str, str], choices: Mapping[str, list[Choice]]
) -> type[ActForm]:
    """Return the form that chooses a rule set for each category, or none."""
    nothing = SelectChoice("", gettext("takes no part"))
    members: dict[str, Any] = {
        f"rule_set_{category}": SelectField(
            title,
            choices=[nothing, *(SelectChoice(*each) for each in choices.get(category, []))],
            default="",
        )
        for category, title in categories.items()
    }
    return type("ChoiceForm", (ActForm,), members)


class CalendarForm(ActForm):
    """The moments of steps; a step without either is not held."""

    steps: tuple[str, ...] = ()

    def moments(self) -> dict[str, tuple[datetime, datetime]]:
        """Return the beginning and the end of each step that is held, as they were typed."""
        return {
            step: (self[f"{step}_opens_at"].data, self[f"{step}_closes_at"].data)
            for step in self.steps
            if self[f"{step}_opens_at"].data
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Return whether every step has both moments in their order, or neither."""
        if not super().validate(extra_validators):
            return False
        held = [self._holds(step) for step in self.steps]
        return all(held)

    def _holds(self, step: str) -> bool:
        opens, closes = self[f"{step}_opens_at"], self[f"{step}_closes_at"]
        if opens.errors or closes.errors:
            return False
        if bool(opens.data) != bool(closes.data):
            empty = closes if opens.data else opens
            empty.errors = [gettext("Give both moments, or leave both empty.")]
        elif opens.data and closes.data <= opens.data:
            closes.errors = [gettext("A step ends after it begins.")]
        return not (opens.errors or closes.errors)


def calendar_form(steps: Iterable[Choice]) -> type[CalendarForm]:
    """Return the form of the calendar for steps with their titles."""
    named = list(steps)
    members: dict[str, Any] = {"steps": tuple(step for step, _ in named)}
    for step, title in named:
        for side, kind, label in (
            ("opens_at", DateTimeLocalField, gettext("%(step)s: from", step=title)),
            ("closes_at", EndField, gettext("%(step)s: until", step=title)),
        ):
            members[f"{step}_{side}"] = kind(label, [Optional()], format=MINUTE)
    return type("StepsForm", (CalendarForm,), members)
