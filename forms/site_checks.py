"""Forms of site checks: the lots, what is found on the spot, photos."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileRequired, MultipleFileField
from wtforms import DateField, HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from rules.syntax import Fact, RuleSet

LONGEST = 2_000
ORDER = [
    SelectChoice("", lazy_gettext("Not looked at")),
    SelectChoice("in_order", lazy_gettext("In order")),
    SelectChoice("to_mend", lazy_gettext("To mend")),
]


class DrawForm(FlaskForm):  # type: ignore[misc] # the package is not typed
    """Which share of each committee is drawn."""

    percent = IntegerField(
        lazy_gettext("Share of each committee, in percent"),
        [InputRequired(), NumberRange(1, 100)],
        default=20,
        description=lazy_gettext("Rounded up, so that every committee is visited."),
    )


class AddForm(FlaskForm):  # type: ignore[misc]
    """Why a check is planned without a lot."""

    code = StringField(lazy_gettext("Code of the organisation"), [InputRequired(), Length(max=60)])
    reason = StringField(lazy_gettext("Reason"), [InputRequired(), Length(max=500)])


class PhotoForm(FlaskForm):  # type: ignore[misc]
    """Pictures taken on the site; a phone asks whether to take them now or to choose some."""

    photos = MultipleFileField(
        lazy_gettext("Photos"),
        [FileRequired()],
        render_kw={"accept": "image/*", "form": "findings"},
    )


class ActForm(FlaskForm):  # type: ignore[misc]
    """A button alone."""


def findings_form(rule_set: RuleSet, sampled: Mapping[str, Fact], language: str) -> type[FlaskForm]:
    """Return the form of a check: the day, the sampled facts, each dimension, a summary."""
    members: dict[str, Any] = {
        "seen": HiddenField(),
        "visited_on": DateField(lazy_gettext("Day of the visit"), [Optional()]),
    }
    for name, fact in sampled.items():
        unit = f"（{fact.unit.say(language)}）" if fact.unit else ""
        members[f"fact-{name}"] = StringField(
            fact.label.say(language) + unit,
            [Optional(), Length(max=40)],
            description=fact.help.say(language) if fact.help else "",
            render_kw={"inputmode": "decimal"},
            filters=[lambda text: (text or "").strip()],
        )
    for dimension in rule_set.dimensions:
        title = dimension.title.say(language)
        members[f"order-{dimension.id}"] = RadioField(
            title, [Optional()], choices=ORDER, default=""
        )
        members[f"note-{dimension.id}"] = TextAreaField(
            lazy_gettext("What was seen"), [Length(max=LONGEST)], render_kw={"rows": 2}
        )
    members["summary"] = TextAreaField(
        lazy_gettext("Summary"), [Length(max=LONGEST)], render_kw={"rows": 4}
    )
    return type("FindingsForm", (FlaskForm,), members)
