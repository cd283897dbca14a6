"""The form of a decision filled from a case, and read back from what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import FormField

from evaluator.records.queries import KnownValue
from evaluator.reviews.case import Case
from evaluator.reviews.changes import Problems
from evaluator.reviews.entries import (
    Entry,
    ShownValue,
    as_typed,
    means_the_same,
    plain,
    reason_in,
    shown,
)
from evaluator.reviews.models import FactReview
from evaluator.reviews.operations import Seen
from evaluator.reviews.units import Unit
from forms.reviews import DecisionForm, decision_form
from rules.describe.sources import source_words
from rules.syntax import Fact


@dataclass(frozen=True)
class FactRow:
    """A fact on the page of its indicator: stated, known and reviewed, with its form field."""

    name: str
    fact: Fact
    stated: ShownValue
    stated_reason: str
    source: str
    known: KnownValue | None
    known_value: ShownValue
    known_differs: bool
    review: FactReview | None
    reviewed: ShownValue
    field: FormField[Any] | None


def changeable(case: Case, unit: Unit) -> dict[str, Fact]:
    """Return the facts of an indicator that the committee may change, in the form's order."""
    return {name: fact for name, fact in unit.facts.items() if case.may_change(unit, name)}


def filled_form(case: Case, unit: Unit, language: str) -> DecisionForm:
    """Return the form with what stands now."""
    own = case.indicators.get(unit.id)
    data: dict[str, Any] = {"note": own.note if own else "", **_versions(case, unit)}
    for number, (name, fact) in enumerate(changeable(case, unit).items()):
        raw, review = case.reviewed.get(name), case.adjusted(name)
        value = _event_rows(fact, raw) if fact.type == "events" else as_typed(fact, raw)
        data[f"fact_{number}"] |= {"value": value, "reason": review.reason if review else ""}
    return decision_form(changeable(case, unit), language)(formdata=None, data=data)


def typed_form(case: Case, unit: Unit, language: str) -> DecisionForm:
    """Return the form with what was sent."""
    return decision_form(changeable(case, unit), language)()


def show_versions(form: DecisionForm, case: Case, unit: Unit) -> None:
    """Let what was typed go over what stands now, once its writer has seen that."""
    for name, value in _versions(case, unit).items():
        field = form[name]
        target = field.form.version if isinstance(field, FormField) else field
        target.raw_data = None
        target.data = value["version"] if isinstance(value, dict) else value


def show_problems(form: DecisionForm, case: Case, unit: Unit, problems: Problems) -> None:
    """Put what is wrong beside the fields that it is about."""
    for number, name in enumerate(changeable(case, unit)):
        inner = form[f"fact_{number}"].form
        for field, words in ((inner.value, problems.values), (inner.reason, problems.reasons)):
            if name in words:
                field.errors = [words[name]]


def seen_in(form: DecisionForm, case: Case, unit: Unit) -> Seen:
    """Return which versions a form was filled in over."""
    versions = {
        name: form[f"fact_{number}"].form.version.data or 0
        for number, name in enumerate(changeable(case, unit))
    }
    return Seen(form.submission.data or 0, form.version.data or 0, versions)


def entries_in(form: DecisionForm, case: Case, unit: Unit) -> dict[str, Entry]:
    """Return what was typed for each fact."""
    found = {}
    for number, (name, fact) in enumerate(changeable(case, unit).items()):
        inner = form[f"fact_{number}"].form
        value: Any = (inner.value.data or "").strip() if fact.type != "events" else None
        if fact.type == "events":
            rows = [_event(fact, each.data) for each in inner.value.entries if each.data["kept"]]
            value = [each for each in rows if any(each.values())]
            if not value and plain(case.stated.get(name)) is None:
                value = None
        found[name] = Entry(value, inner.reason.data or "")
    return found


def rows_of(case: Case, unit: Unit, form: DecisionForm, language: str) -> list[FactRow]:
    """Return the facts of an indicator as its page shows them."""
    numbers = {name: number for number, name in enumerate(changeable(case, unit))}
    rows = []
    for name, fact in unit.facts.items():
        known, answer = case.sheet.known.get(name), case.sheet.answers.get(name)
        stated = case.stated.get(name)
        rows.append(
            FactRow(
                name=name,
                fact=fact,
                stated=shown(fact, stated, language),
                stated_reason=(answer.reason if answer else "") or reason_in(stated),
                source=source_words(fact.source, language),
                known=known,
                known_value=shown(fact, known.value if known else None, language),
                known_differs=known is not None and not means_the_same(fact, stated, known.value),
                review=case.adjusted(name),
                reviewed=shown(fact, case.reviewed.get(name), language),
                field=form[f"fact_{numbers[name]}"] if name in numbers else None,
            )
        )
    return rows


def _versions(case: Case, unit: Unit) -> dict[str, Any]:
    own = case.indicators.get(unit.id)
    found: dict[str, Any] = {"submission": case.submission, "version": own.version if own else 0}
    for number, name in enumerate(changeable(case, unit)):
        review = case.facts.get(name)
        found[f"fact_{number}"] = {"version": review.version if review else 0}
    return found


def _event_rows(fact: Fact, raw: Any) -> list[dict[str, Any]]:
    """Return a row for each event, and an empty one for an event that is to be added."""
    value = plain(raw)
    events: Sequence[Any] = value if isinstance(value, Sequence) else ()
    rows: list[dict[str, Any]] = []
    for event in (*events, {}):
        columns = {
            f"column_{number}": as_typed(column, event.get(name))
            for number, (name, column) in enumerate(fact.fields.items())
        }
        rows.append({"kept": True, "date": str(event.get("date") or ""), **columns})
    return rows


def _event(fact: Fact, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return an event as the readers take it; a column left empty is none."""
    event = {"date": (row["date"] or "").strip() or None}
    for number, (name, column) in enumerate(fact.fields.items()):
        typed = (row[f"column_{number}"] or "").strip()
        event[name] = typed or ("" if column.type == "text" else None)
    return event
