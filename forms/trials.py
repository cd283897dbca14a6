"""The form of a trial: other rules for the categories of a round, and what else is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import Optional, ValidationError

from forms.rule_sets import short_enough
from rules.numbers import NotANumber, read_number, read_points

RULES, TARGET = "rules_", "target_"
Choice = tuple[str, str]


def _share(form: FlaskForm, field: Field) -> None:
    if share_of(field.data) is None:
        raise ValidationError(gettext("Give a share from 0% to 100%, such as 10%."))


def share_of(text: str) -> Fraction | None:
    """Return a share that was typed, None where it is none."""
    try:
        found = read_number(text.strip().replace("％", "%"))
    except NotANumber:
        return None
    return found if 0 <= found <= 1 else None


def _step(form: FlaskForm, field: Field) -> None:
    try:
        found = int(read_points(field.data.strip()))
    except NotANumber:
        found = 0
    if found <= 0:
        raise ValidationError(gettext("Give points above 0, such as 0.5."))


class TrialForm(FlaskForm):  # type: ignore[misc] # the package is not typed
    """What every trial may ask; `trial_form` adds the categories and levels of a round."""

    round_id = SelectField(lazy_gettext("Round"))
    pasted_for = SelectField(lazy_gettext("Changed YAML for"), default="")
    pasted = TextAreaField(
        lazy_gettext("Changed YAML"),
        [
            Optional(),
            short_enough,
        ],
        description=lazy_gettext(
            "Takes the place of the rule set chosen for its category; files that it extends are "
            "those of that rule set. It is tried, and not kept."
        ),
        render_kw={"rows": 16, "spellcheck": "false", "wrap": "off", "autocomplete": "off"},
    )
    influences = BooleanField(lazy_gettext("Show which indicators decide levels"))
    step = StringField(
        lazy_gettext("Bands begin at multiples of so many points"), [Optional(), _step],
        default="0.5",
    )  # fmt: skip

    def offer(self, rounds: Iterable[Choice], categories: Mapping[str, str]) -> None:
        """Let the form choose among rounds, and among the categories of one."""
        self.round_id.choices = [SelectChoice(*each) for each in rounds]
        nothing = SelectChoice("", gettext("nothing"))
        titles = [SelectChoice(*each) for each in categories.items()]
        self.pasted_for.choices = [nothing, *titles]

    def chosen(self) -> dict[str, str]:
        """Return the choice made for each category, as it was sent; empty for as in the round."""
        return {
            each.name.removeprefix(RULES): each.data or ""
            for each in self
            if each.name.startswith(RULES)
        }

    def targets(self) -> dict[str, Fraction]:
        """Return the shares aimed at, by level."""
        return {
            each.name.removeprefix(TARGET): share
            for each in self
            if each.name.startswith(TARGET) and each.data
            for share in (share_of(each.data),)
            if share is not None
        }

    def step_points(self) -> int:
        """Return in 1/10,000 points what bands begin at multiples of."""
        return int(read_points((self.step.data or "0.5").strip()))


def trial_form(
    categories: Mapping[str, str],
    choices: Mapping[str, list[Choice]],
    levels: Mapping[str, str],
) -> type[TrialForm]:
    """Return the form for the categories and levels of a round, by their names and titles."""
    as_now = SelectChoice("", gettext("as in the round"))
    members: dict[str, Any] = {}
    for category, title in categories.items():
        members[f"{RULES}{category}"] = SelectField(
            title, default="",
            choices=[as_now, *(SelectChoice(*each) for each in choices.get(category, []))],
        )  # fmt: skip
    for level, title in levels.items():
        label = gettext("%(level)s and above", level=title)
        members[f"{TARGET}{level}"] = StringField(
            label, [Optional(), _share], render_kw={"placeholder": "10%"}
        )
    return type("RoundTrialForm", (TrialForm,), members)
