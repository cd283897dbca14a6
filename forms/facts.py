"""A WTForms form of the facts that one source is asked for, made from a rule set.

The form only collects text: whoever scores reads it with the same exact readers as every other
input, so that a page and a workbook cannot disagree about what a number means.
"""

from __future__ import annotations

from typing import Any

from wtforms import DateField, Field, Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than the stubs
from wtforms.validators import InputRequired, Optional, Regexp

from rules.syntax import Fact, RuleSet, Words

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
