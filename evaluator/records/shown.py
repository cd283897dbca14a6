"""Known facts as people read them: label, value or table of events, source, day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext

from evaluator.organisations.values import shown_value
from evaluator.records.models import KnownFact
from evaluator.records.queries import KnownEntry
from evaluator.records.sources import source_words
from rules.syntax import Fact, RuleSet


@dataclass(frozen=True)
class ShownFact:
    """One known fact as it is shown; `table` holds the events of a list under its `columns`."""

    name: str
    label: str
    value: str
    columns: Sequence[str]
    table: Sequence[Sequence[str]]
    source: str
    as_of: date
    brought_at: datetime


def shown_facts(
    known: Mapping[str, KnownEntry] | Mapping[str, KnownFact],
    rule_set: RuleSet | None,
    language: str,
) -> list[ShownFact]:
    """Return known facts in the order of a rule set, those that it does not ask for last."""
    facts = rule_set.facts if rule_set else {}
    named = [name for name in facts if name in known]
    others = sorted(name for name in known if name not in facts)
    return [_shown(name, known[name], facts.get(name), language) for name in [*named, *others]]


def value_words(fact: Fact | None, value: object, language: str) -> str:
    """Return a value in one line: how many events of a list, else the value itself."""
    if value is None:
        return "—"
    if isinstance(value, list) and not any(isinstance(each, str) for each in value):
        words: str = gettext("Records: %(count)d", count=len(value))
        return words
    return shown_value(fact, value, language)


def _shown(name: str, known: KnownEntry | KnownFact, fact: Fact | None, language: str) -> ShownFact:
    columns: list[str] = []
    table: list[list[str]] = []
    if fact is not None and fact.type == "events" and isinstance(known.value, list):
        columns = [gettext("Date"), *(each.label.say(language) for each in fact.fields.values())]
        table = [
            [str(event.get("date", "")), *_event(event, fact, language)] for event in known.value
        ]
    return ShownFact(
        name,
        fact.label.say(language) if fact else name,
        value_words(fact, known.value, language),
        columns,
        table,
        source_words(known.source, language),
        known.as_of,
        known.brought_at,
    )


def _event(event: Mapping[str, object], fact: Fact, language: str) -> list[str]:
    return [
        shown_value(field, event.get(name, ""), language) for name, field in fact.fields.items()
    ]
