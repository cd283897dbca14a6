"""Values and flaws of facts in the words of the page."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from evaluator.applications.draft import Flaw
from evaluator.applications.typed import Value
from evaluator.web.wording import gettext
from rules.syntax import EventField, Fact, Source, Words

_TRUTH = {"true": Words("是", "yes"), "false": Words("否", "no")}


def value_words(fact: Fact, value: Value, language: str) -> str:
    """Return what a field holds, as people read it."""
    if value is None:
        return gettext("not given")
    if isinstance(value, list):
        rows = ("，" if language == "zh" else ", ").join(
            " ".join(each for each in row if each) for row in rows_words(fact, value, language)
        )
        count = short_words(fact, value, language)
        return f"{count}：{rows}" if rows and language == "zh" else f"{count} {rows}".strip()
    return word(fact, value, language)


def short_words(fact: Fact, value: Value, language: str) -> str:
    """Return what a field holds in a few words; of a list how long it is."""
    if isinstance(value, list):
        return gettext("%(count)s entries", count=len(value))
    return value_words(fact, value, language)


def rows_words(fact: Fact, value: Value, language: str) -> Sequence[Sequence[str]]:
    """Return the rows of a list with the words of their choices."""
    if not isinstance(value, list):
        return ()
    return [
        [
            row.get("date", ""),
            *(word(each, row.get(name, ""), language) for name, each in fact.fields.items()),
        ]
        for row in value
    ]


def word(fact: Fact | EventField, value: str, language: str) -> str:
    """Return the label of an option or of a truth value; any other text as it is."""
    words = fact.options.get(value) if fact.type == "choice" else None
    if fact.type == "boolean":
        words = _TRUTH.get(value)
    if fact.type == "ratio":
        return _percentage(value)
    unit = fact.unit if isinstance(fact, Fact) else None
    if words or not unit or not value[-1:].isdigit():
        return words.say(language) if words else value
    return f"{value}{unit.zh}" if language == "zh" else f"{value} {unit.say(language)}"


def _percentage(value: str) -> str:
    """Return a plain number as a percentage; a percentage, or a fraction, as it was written."""
    try:
        share = Decimal(value) * 100
    except InvalidOperation:
        return value
    return f"{share.normalize():f}%"


def columns_of(fact: Fact, language: str) -> Sequence[str]:
    """Return the titles of the columns of a list."""
    return [gettext("Date"), *(each.label.say(language) for each in fact.fields.values())]


def flaw_words(flaw: Flaw | None) -> str:
    """Return what is left to do about a fact; what cannot be read has words of its own."""
    if flaw is Flaw.MISSING:
        return gettext("Not given yet")
    if flaw is Flaw.UNCONFIRMED:
        return gettext("Copied from last year: confirm or change it")
    if flaw is Flaw.UNREASONED:
        return gettext("Give the reason for the correction; until then the known value counts")
    return ""


def source_of(written: str) -> Source:
    """Return a source as it is written, such as `record: minutes`."""
    kind, _, detail = written.partition(":")
    return Source(kind.strip(), detail.strip())


def state_words(state: str) -> str:
    """Return where an application stands."""
    return {
        "draft": gettext("Draft"),
        "submitted": gettext("Lies with the committee"),
        "returned": gettext("Returned to be mended"),
        "reviewed": gettext("Review finished"),
        "in_defence": gettext("Admitted to the defence"),
        "defended": gettext("Defence finished"),
        "decided": gettext("Level decided"),
        "unrated": gettext("No level this year"),
        "on_notice": gettext("On public notice"),
        "objected": gettext("An objection is being handled"),
        "awarded": gettext("Level awarded"),
    }[state]


def declaration_words() -> str:
    """Return what the branch declares with its application."""
    return gettext(
        "We declare that everything in this application is true, that the evidence is genuine, "
        "and that the branch has discussed it. We answer for what is not."
    )
