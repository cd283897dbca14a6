"""What subjects, actions and values of the log are called; unknown ones show as they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from flask import Flask, current_app
from flask_babel import format_datetime

from evaluator.audit.action_words import ACTING, ACTIONS, SUBJECTS
from evaluator.audit.field_words import FIELDS
from evaluator.audit.value_words import VALUES
from evaluator.web.languages import language
from rules.syntax import Words

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?\+00:00")
_EXTENSION = "evaluator audit names"
_ATTRIBUTES = "attributes."
_INDICATORS = frozenset({"indicator", "indicators"})
Name = Callable[[str, bool], Words | None]
"""From a name, and whether it is that of an indicator, to what it is called."""


def name_facts_by(app: Flask, name: Name) -> None:
    """Let an app ask a subject above what facts and attributes are called."""
    app.extensions[_EXTENSION] = name


def subject_words(subject: str) -> str:
    """Return what a subject is called."""
    return _said(SUBJECTS.get(subject), subject)


def action_words(action: str) -> str:
    """Return what an action such as `account.create` is called."""
    subject, _dot, verb = action.partition(".")
    return f"{_said(ACTING.get(subject), subject)} · {_said(ACTIONS.get(action), verb)}"


def field_words(name: str) -> str:
    """Return what a value is called: by the log, else by the rule sets that ask for it."""
    words = FIELDS.get(name) or VALUES["step"].get(name) or VALUES["category"].get(name)
    return _said(words or _named(name.removeprefix(_ATTRIBUTES), indicator=False), name)


def value_words(name: str, value: str) -> str:
    """Return what a value is called under a name; moments in it are told in local time."""
    if name in _INDICATORS:
        return _said(_named(value, indicator=True), value)
    return _said(VALUES.get(name, {}).get(value), _MOMENT.sub(_local, value))


def _named(name: str, *, indicator: bool) -> Words | None:
    """Return what the rule sets call a fact, an attribute or an indicator."""
    name_of: Name | None = current_app.extensions.get(_EXTENSION)
    return name_of(name, indicator) if name_of else None


def _local(moment: re.Match[str]) -> str:
    return str(format_datetime(datetime.fromisoformat(moment[0]), "yyyy-MM-dd HH:mm:ss"))


def _said(words: Words | None, otherwise: str) -> str:
    return words.say(language()) if words else otherwise
