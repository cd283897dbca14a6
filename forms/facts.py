"""WTForms forms of facts, made from a rule set.

The forms only collect text: whoever scores reads it with the same exact readers as every other
input, so that a page and a workbook cannot disagree about what a number means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import DateField, Field, Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import (  # type: ignore[attr-defined] # newer than the stubs
    Choice,
    SelectChoice,
)
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Optional, Regexp

from forms.events import EventsField
from rules.syntax import EventField, Fact, RuleSet, Words

_NUMBERS = {
    "integer": (r"[+-]?[0-9]{1,15}", Words("请填写整数，如12", "a whole number such as 12")),
    "decimal": (
        r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?",
        Words("请填写数字，如3.5", "a number such as 3.5"),
    ),
    "ratio": (
        r"[0-9]{1,3}(\.[0-9]{1,15})?%",
        Words("请填写百分比，如95.5%", "a percentage such as 95.5%"),
    ),
}
_TRUTH = (("true", Words("是", "Yes")), ("false", Words("否", "No")))
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KEYBOARDS = {"integer": "numeric", "decimal": "decimal"}
_CHOOSE = Words("请选择", "Choose")


def facts_form(rule_set: RuleSet, source: str = "asked", language: str = "zh") -> type[Form]:
    """Return the form class for the single-valued facts of one source, in the rule set's order.

    A fact with `reason: required` is followed by a field `NAME_reason`. Lists of events and
    ratings are no form fields; they have pages of their own.
    """
    members: dict[str, Any] = {}
    for name, fact in rule_set.facts.items():
        if fact.source.kind == source and fact.type not in ("events", "ratings"):
            members[name] = _field(fact, language)
            if fact.reason == "required":
                label = Words("理由", "Reason").say(language)
                members[f"{name}_reason"] = TextAreaField(label, [InputRequired()])
    return type("FactsForm", (Form,), members)


def draft_form(
    rule_set: RuleSet,
    names: Iterable[str],
    language: str = "zh",
    *,
    data: Mapping[str, Any] | None = None,
    posted: MultiDict[str, str] | None = None,
) -> BaseForm:
    """Return the form of a draft, which keeps whatever is typed for the facts named.

    It holds `data`, or what was `posted`, where `f-NAME` is the field of a fact. Nothing is
    required and nothing refused here: a draft may have gaps and mistakes.
    """
    # Each part asks for other facts: a class for each form would be made and used once.
    fields: dict[str, Any] = {name: draft_field(rule_set.facts[name], language) for name in names}
    made = BaseForm(fields, prefix="f")
    made.process(posted, data=data)
    return made


def draft_field(fact: Fact | EventField, language: str) -> Field:
    """Return the field of a fact or of a column of a list, as text."""
    label, help_text = label_of(fact, language), ""
    if isinstance(fact, Fact):
        help_text = fact.help.say(language) if fact.help else ""
        if fact.type == "events":
            return EventsField(label, columns=_columns(fact, language), description=help_text)
    if fact.type == "boolean":
        choices = [SelectChoice(value, words.say(language)) for value, words in _TRUTH]
        return RadioField(label, choices=choices, description=help_text, validate_choice=False)
    if fact.type == "choice":
        return ChoiceField(label, options=_options(fact, language), description=help_text)
    if fact.type == "date":
        return TextOrDateField(label, description=help_text)
    return LineField(label, keyboard=_KEYBOARDS.get(fact.type, ""), description=help_text)


def _columns(fact: Fact, language: str) -> dict[str, Field]:
    """Return the fields of a row; those made first stand first."""
    columns = {"date": TextOrDateField(Words("日期", "Date").say(language))}
    return {**columns, **{name: _column(each, language) for name, each in fact.fields.items()}}


def _column(column: EventField, language: str) -> Field:
    """Return the field of a column; a choice is the shortest way to say yes or no in a table."""
    if column.type == "boolean":
        words = {"": "", **{value: each.say(language) for value, each in _TRUTH}}
        return ChoiceField(label_of(column, language), options=words)
    return draft_field(column, language)


def _options(fact: Fact | EventField, language: str) -> dict[str, str]:
    empty = _CHOOSE.say(language) if isinstance(fact, Fact) else ""
    return {"": empty, **{word: label.say(language) for word, label in fact.options.items()}}


class ChoiceField(SelectField):
    """A list to choose from that also shows what was typed elsewhere and is no option."""

    def __init__(self, label: str, options: Mapping[str, str], **more: Any):
        choices = [SelectChoice(value, words) for value, words in options.items()]
        super().__init__(label, choices=choices, validate_choice=False, **more)
        self.options = options

    def iter_choices(self) -> Iterator[Choice]:
        """Yield the options, and a value that is none, so that it is not changed unseen."""
        data = self.data or ""
        strange = {} if data in self.options else {data: data}
        for value, label in {**self.options, **strange}.items():
            yield Choice(value, label, value == data, {})


class LineField(StringField):
    """A line of text; `keyboard` is the one that a phone shows for it, empty for its usual one."""

    kind = "text"

    def __init__(self, label: str, keyboard: str = "", **more: Any):
        super().__init__(label, **more)
        self.keyboard = keyboard


class TextOrDateField(LineField):
    """A date with the calendar of the browser; as text where what was typed is no date."""

    @property
    def kind(self) -> str:  # type: ignore[override] # what a line is once, this is by its value
        """Return the type of the input; a calendar would not show what it cannot read."""
        return "date" if not self.data or _DATE.fullmatch(self.data) else "text"


def label_of(fact: Fact | EventField, language: str) -> str:
    """Return the label of a field, with its unit."""
    label = fact.label.say(language)
    unit = fact.unit.say(language) if isinstance(fact, Fact) and fact.unit else ""
    if not unit or unit in label:
        return label
    return f"{label}（{unit}）" if language == "zh" else f"{label} ({unit})"


def _field(fact: Fact, language: str) -> Field:
    label = fact.label.say(language)
    unit = fact.unit.say(language) if fact.unit else ""
    shown = f"{label}（{unit}）" if unit and language == "zh" else label
    help_text = fact.help.say(language) if fact.help else ""
    if fact.type == "boolean":
        choices = [SelectChoice(value, words.say(language)) for value, words in _TRUTH]
        return RadioField(shown, [InputRequired()], choices=choices, description=help_text)
    if fact.type == "choice":
        choices = [SelectChoice(word, words.say(language)) for word, words in fact.options.items()]
        return SelectField(shown, [InputRequired()], choices=choices, description=help_text)
    if fact.type == "date":
        return DateField(shown, [InputRequired()], description=help_text)
    pattern, message = _NUMBERS[fact.type]
    inputmode = {"inputmode": "numeric" if fact.type == "integer" else "decimal"}
    return StringField(
        shown,
        [Optional(), Regexp(f"^{pattern}$", message=message.say(language))],
        description=help_text,
        render_kw=inputmode,
    )
