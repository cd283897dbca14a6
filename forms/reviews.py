"""Forms of the committee review: the decision on an indicator is made from its facts.

They only collect text: whoever decides reads it with the readers of the scoring, so that a value
means the same wherever it is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import DateInput, HiddenInput

from rules.lowering.values import bounds_of, scale_of
from rules.numbers import number_text
from rules.syntax import EventField, Fact

LONG = Length(max=2000)
_TRUTH = {"zh": (("true", "是"), ("false", "否")), "en": (("true", "Yes"), ("false", "No"))}


class DecisionForm(FlaskForm):  # type: ignore[misc] # the package is not typed
    """What was read when an indicator is decided: `submission` and `version` come back with it."""

    submission = IntegerField(widget=HiddenInput())
    version = IntegerField(widget=HiddenInput())
    note = TextAreaField(
        lazy_gettext("What the branch has to mend"),
        [LONG],
        description=lazy_gettext("Only for “Mark to mend”: name what is missing or wrong."),
        render_kw={"rows": 2},
    )


class ActForm(FlaskForm):  # type: ignore[misc]
    """An act on the whole review as it was read."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class ReturnForm(ActForm):
    """Returning an application to its branch."""

    message = TextAreaField(
        lazy_gettext("Words to the branch"),
        [LONG],
        description=lazy_gettext("The list of what to mend goes with it."),
        render_kw={"rows": 2},
    )


class ReopenForm(ActForm):
    """Taking a finished review up again."""

    reason = TextAreaField(
        lazy_gettext("Why the review is taken up again"),
        [InputRequired(lazy_gettext("Write why.")), LONG],
        render_kw={"rows": 2},
    )


class AnswerForm(ActForm):
    """Answering what a branch replied."""

    text = TextAreaField(
        lazy_gettext("Answer to the branch"),
        [InputRequired(lazy_gettext("Write an answer.")), LONG],
        render_kw={"rows": 2},
    )


class ReplyForm(FlaskForm):  # type: ignore[misc]
    """What a branch replies to a changed indicator."""

    text = TextAreaField(
        lazy_gettext("Reply"),
        [InputRequired(lazy_gettext("Write what you want to say to this change.")), LONG],
        description=lazy_gettext("You can reply once to each changed indicator."),
        render_kw={"rows": 3},
    )


class QueueForm(Form):
    """What a work queue is narrowed to."""

    state = SelectField(lazy_gettext("State"), [Optional()])
    category = SelectField(lazy_gettext("Category"), [Optional()])
    committee = SelectField(lazy_gettext("Committee"), [Optional()])
    name = StringField(lazy_gettext("Name or code"), [Optional(), Length(max=60)])


def decision_form(facts: Mapping[str, Fact], language: str) -> type[DecisionForm]:
    """Return the form class for deciding on facts: `fact_0`, `fact_1`, … in their order."""
    members = {
        f"fact_{number}": FormField(_fact_form(fact, language))
        for number, fact in enumerate(facts.values())
    }
    return type("FactsDecisionForm", (DecisionForm,), members)


def _fact_form(fact: Fact, language: str) -> type[Form]:
    members: dict[str, Any] = {
        "version": IntegerField(widget=HiddenInput()),
        "value": _events(fact, language) if fact.type == "events" else _value(fact, language),
        "reason": TextAreaField(
            lazy_gettext("Reason"),
            [LONG],
            description=lazy_gettext("Wanted where the value is not the one stated."),
            render_kw={"rows": 2},
        ),
    }
    if fact.type == "events":
        members["shown"] = HiddenField(default="1")
    return type("FactForm", (Form,), members)


def _value(fact: Fact | EventField, language: str) -> Field:
    unit = fact.unit.say(language) if isinstance(fact, Fact) and fact.unit else ""
    beside = f"（{unit}）" if language == "zh" else f" ({unit})"
    said = fact.label.say(language) + (beside if unit else "")
    if fact.type in ("boolean", "choice"):
        options = (
            _TRUTH[language]
            if fact.type == "boolean"
            else [(word, words.say(language)) for word, words in fact.options.items()]
        )
        choices = [SelectChoice("", "—"), *(SelectChoice(*each) for each in options)]
        return SelectField(said, choices=choices, validate_choice=False)
    if fact.type == "date":
        return StringField(said, widget=DateInput())
    keys = {"integer": "numeric", "decimal": "decimal", "ratio": "text", "text": "text"}
    return StringField(
        said,
        [Length(max=500)],
        description=bounds_words(fact),
        render_kw={"inputmode": keys[fact.type], "autocomplete": "off"},
    )


def bounds_words(fact: Fact | EventField) -> str:
    """Return what a number may be, such as 0–60 or 0%–100%; empty for what is no number."""
    if fact.type not in ("integer", "decimal", "ratio"):
        return ""
    low, high = (
        number_text(Fraction(each, scale_of(fact)), fact.type == "ratio")
        for each in bounds_of(fact)
    )
    return f"{low}–{high}"


def _events(fact: Fact, language: str) -> FieldList[Any]:
    """Return the field for a list of events; one that is not kept counts no more."""
    members: dict[str, Any] = {
        "kept": BooleanField(lazy_gettext("Counts")),
        "date": StringField(lazy_gettext("Date"), widget=DateInput()),
    }
    for number, column in enumerate(fact.fields.values()):
        members[f"column_{number}"] = _value(column, language)
    return FieldList(FormField(type("EventForm", (Form,), members)), fact.label.say(language))


class ListRowForm(Form):
    """A place of a list of recommendations."""

    participant = IntegerField(widget=HiddenInput())
    position = IntegerField(lazy_gettext("Place"), [Optional()], render_kw={"min": 1})
    level = SelectField(lazy_gettext("Recommended for"), validate_choice=False)
    note = TextAreaField(lazy_gettext("Reason"), [LONG], render_kw={"rows": 2})


class ListForm(FlaskForm):  # type: ignore[misc]
    """The list that a committee recommends, as it was read."""

    version = IntegerField(widget=HiddenInput())
    rows = FieldList(FormField(ListRowForm))
