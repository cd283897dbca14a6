"""Facts that a program sends, read as the rows of a workbook are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission, within
from evaluator.files import Submission
from evaluator.files.values import value_reader
from evaluator.organisations.models import Organisation
from evaluator.records.sources import KNOWN
from evaluator.scoring.inputs import Organisation as Rated
from evaluator.scoring.reading import Unreadable
from evaluator.web.languages import language
from rules.syntax import Fact, RuleSet

Rows = Sequence[tuple[str, Mapping[str, Any]]]
"""Facts by the code of their organisation."""
Problems = dict[str, dict[str, list[str]]]
"""What is wrong, by code and fact; under an empty name what is wrong with the organisation."""


def read_rows(
    session: Session, actor: Actor, rows: Rows, rule_sets: Mapping[str, RuleSet]
) -> tuple[list[Submission], Problems]:
    """Return rows as an import takes them, and everything that is wrong with them."""
    categories = _categories(session, actor, {code for code, _ in rows})
    submissions: list[Submission] = []
    problems: Problems = {}
    seen: set[str] = set()
    for code, facts in rows:
        if code in seen:
            _note(problems, code, "", gettext("This organisation stands twice; send it once."))
        seen.add(code)
        category = categories.get(code)
        rule_set = rule_sets.get(category or "")
        if code in categories and rule_set is None:
            words = gettext("No rule set of this year rates the category of this organisation.")
            _note(problems, code, "", words)
        values = _values(facts, rule_set, code, problems) if rule_set else {}
        submissions.append(Submission(Rated(code, code, category or ""), values, code))
    return submissions, problems


def _categories(session: Session, actor: Actor, codes: set[str]) -> dict[str, str | None]:
    query = select(Organisation.code, Organisation.category).where(
        Organisation.code.in_(codes), within(Organisation.path, actor, Permission.IMPORT_RECORDS)
    )
    return dict(session.execute(query).all())


def _values(
    facts: Mapping[str, Any], rule_set: RuleSet, code: str, problems: Problems
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, raw in facts.items():
        fact = rule_set.facts.get(name)
        words = _why_not(fact)
        if fact is None or words:
            _note(problems, code, name, words)
            continue
        try:
            values[name] = value_reader(fact)(raw)
        except Unreadable as error:
            _note(problems, code, name, error.zh if language() == "zh" else error.en)
    return values


def _why_not(fact: Fact | None) -> str:
    """Return why nobody can bring a fact, nothing where it can be brought."""
    words = ""
    if fact is None:
        words = gettext("The rule set of this year has no such fact.")
    elif fact.source.kind not in KNOWN:
        words = gettext("This is asked of the branch or judged by reviewers; nobody brings it.")
    return words


def _note(problems: Problems, code: str, name: str, words: str) -> None:
    problems.setdefault(code, {}).setdefault(name, []).append(words)
