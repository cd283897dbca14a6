"""Facts whose keys do not fit their type, or whose bounds do not hold together."""

from __future__ import annotations

from collections.abc import Iterator

from rules.checks.subject import Subject, number_of
from rules.lowering.values import (
    bounds_message,
    bounds_of,
    is_most_events,
    most_events_message,
)
from rules.numbers import NotANumber
from rules.problems import Problem, listed
from rules.syntax import EventField, Fact

NUMBERS = ("integer", "decimal", "ratio", "ratings")
BOUNDED = (*NUMBERS, "date")
JUDGED_SOURCES = ("review", "panel", "mutual", "appraisal")


def fact_problems(subject: Subject) -> Iterator[Problem]:
    """Yield every fact and every column of events that cannot be filled in as declared."""
    for name, fact in subject.rule_set.facts.items():
        yield from _options(name, fact)
        yield from _bounds(name, fact)
        yield from _fields(name, fact)
        yield from _anchors(name, fact)
        if fact.reason == "required" and fact.type in ("events", "ratings"):
            yield _misfit(name, fact, "reason", "single values; each event has columns of its own")


def _misfit(name: str, node: Fact | EventField, key: str, meant_for: str) -> Problem:
    return Problem(
        node.where,
        "fact-key",
        f'"{name}" holds {node.type}, and `{key}:` is for '
        f"{meant_for}. Remove it, or change the type.",
    )


def _options(name: str, node: Fact | EventField) -> Iterator[Problem]:
    if node.type == "choice" and not node.options:
        yield Problem(
            node.where,
            "options",
            f'"{name}" is a choice without options; add `options: {{word: label, …}}`.',
        )
    elif node.type != "choice" and node.options:
        yield _misfit(name, node, "options", "choices")
    yield from _same_labels(name, node)


def _same_labels(name: str, node: Fact | EventField) -> Iterator[Problem]:
    """Yield words that whoever chooses could not tell apart."""
    first: dict[tuple[str, str], str] = {}
    for word, label in node.options.items():
        shown = [each for each in (("zh", label.zh), ("en", label.en)) if each[1]]
        same = next((each for each in shown if each in first), None)
        if same:
            yield Problem(
                node.where,
                "options",
                f'"{name}" shows its options "{first[same]}" and "{word}" alike, as "{same[1]}"; '
                "whoever chooses must be able to tell them apart. Change one of the labels.",
            )
        first.update({each: word for each in shown if each not in first})


def _bounds(name: str, node: Fact | EventField) -> Iterator[Problem]:
    if node.type == "events":
        yield from _most_events(name, node)
        return
    if node.type not in BOUNDED:
        for key in ("min", "max"):
            if getattr(node, key) is not None:
                yield _misfit(name, node, key, "numbers and dates")
    elif isinstance(node, Fact) or node.min is not None or node.max is not None:
        yield from _usable(name, node)
    if node.places is not None and node.type not in ("decimal", "ratio", "ratings"):
        yield _misfit(name, node, "places", "decimals and ratios")


def _usable(name: str, node: Fact | EventField) -> Iterator[Problem]:
    try:
        bounds_of(node)
    except NotANumber:
        yield Problem(node.where, "bounds", bounds_message(name, node))


def _most_events(name: str, node: Fact | EventField) -> Iterator[Problem]:
    if not is_most_events(node.max):
        yield Problem(node.where, "bounds", most_events_message(node))
    if node.min is not None:
        yield _misfit(name, node, "min", "numbers and dates; the fewest events are 0")
    if node.places is not None:
        yield _misfit(name, node, "places", "decimals and ratios")


def _fields(name: str, fact: Fact) -> Iterator[Problem]:
    if fact.type == "events" and not fact.fields:
        yield Problem(
            fact.where,
            "fields",
            f'"{name}" holds events without columns; add '
            "`fields: {name: {label: …, type: …}}`. Each event has a date of its own.",
        )
    elif fact.type != "events" and fact.fields:
        yield _misfit(name, fact, "fields", "events")
    for column, field in fact.fields.items():
        if column == "date":
            yield Problem(
                field.where,
                "fields",
                'the column "date" is there without being '
                "declared: it is the day of the event. Remove or rename this one.",
            )
        yield from _options(f"{name}.{column}", field)
        yield from _bounds(f"{name}.{column}", field)


def _anchors(name: str, fact: Fact) -> Iterator[Problem]:
    if not fact.anchors:
        return
    judged = fact.reason == "required" or fact.type == "ratings"
    if fact.type not in NUMBERS or not (judged or fact.source.kind in JUDGED_SOURCES):
        yield Problem(
            fact.where,
            "anchors",
            f'"{name}" has anchors, but nobody judges it; '
            "anchors describe a number with `reason: required`, ratings, or a source "
            f"of {listed(JUDGED_SOURCES)}. Remove them, or say who judges.",
        )
        return
    low, high = number_of(fact.min or "0"), number_of(fact.max or "100%")
    steps = [(number_of(each.at_least), each) for each in fact.anchors]
    for value, anchor in steps:
        if value is None or low is None or high is None or not low <= value <= high:
            yield Problem(
                anchor.where,
                "anchors",
                f'"{name}" has an anchor at '
                f'"{anchor.at_least}"; allowed is {fact.min or 0} to '
                f"{fact.max or '100%'}, its bounds.",
            )
    values = [value for value, _ in steps if value is not None]
    if len(set(values)) < len(values):
        yield Problem(
            fact.where,
            "anchors",
            f'"{name}" has two anchors at the same value; '
            "each describes a value of its own. Remove one of them.",
        )
