"""From ballots to facts: exact shares and means, and only where enough people took part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from rules.numbers import number_text, read_number
from rules.syntax import Fact, RuleSet

GRADES = ("satisfied", "rather_satisfied", "not_satisfied", "unsure")
CONTENT = frozenset({"satisfied", "rather_satisfied"})
"""Grades that count as satisfied; a share is taken of all but those who are unsure."""
BY_GRADE = "grade"
BY_NUMBER = "number"
_KINDS = {"ratio": BY_GRADE, "ratings": BY_NUMBER, "integer": BY_NUMBER, "decimal": BY_NUMBER}
_USUAL_PLACES = 2


@dataclass(frozen=True)
class Question:
    """What a ballot asks: the fact that it serves, its words, and the numbers that it allows."""

    fact: str
    kind: str
    type: str
    zh: str
    en: str
    low: str = "0"
    high: str = "0"
    places: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return the question as it is stored with its appraisal."""
        return dict(vars(self))


def questions_of(rule_set: RuleSet) -> list[Question]:
    """Return the questions of a rule set: one for each fact that an appraisal provides."""
    return [
        _question(name, fact)
        for name, fact in rule_set.facts.items()
        if fact.source.kind == "appraisal" and fact.type in _KINDS
    ]


def stored_questions(stored: Iterable[Mapping[str, Any]]) -> list[Question]:
    """Return questions as they were stored."""
    return [Question(**each) for each in stored]


def _question(name: str, fact: Fact) -> Question:
    kind = _KINDS[fact.type]
    places = 0 if fact.type == "integer" else fact.places
    return Question(
        name,
        kind,
        fact.type,
        fact.label.zh,
        fact.label.say("en"),
        fact.min or "0",
        fact.max or "0",
        _USUAL_PLACES if places is None else places,
    )


def refusal(question: Question, choice: str) -> bool:
    """Return whether a choice is none that the question allows."""
    if question.kind == BY_GRADE:
        return choice not in GRADES
    try:
        value = read_number(choice)
    except ValueError:
        return True
    fits = read_number(question.low) <= value <= read_number(question.high)
    return "%" in choice or not fits or (value * 10**question.places).denominator != 1


def results_of(
    questions: Sequence[Question], ballots: Sequence[Mapping[str, str]], minimum: int
) -> dict[str, Any]:
    """Return the value of each fact, as the readers of facts take it.

    Nothing comes of fewer ballots than the minimum, neither as a whole nor for one question: from
    three ballots everybody could tell who was not satisfied.
    """
    if len(ballots) < minimum:
        return {}
    found = {
        each.fact: _result(each, [ballot[each.fact] for ballot in ballots], minimum)
        for each in questions
    }
    return {fact: value for fact, value in found.items() if value is not None}


def _result(question: Question, choices: Sequence[str], minimum: int) -> Any:
    if question.kind == BY_GRADE:
        return share_of(Counter(choices), minimum)
    if question.type == "ratings":
        # Sorted, so that the order of the ballots does not show through.
        return sorted(choices, key=read_number)
    values = [read_number(choice) for choice in choices]
    return number_text(sum(values, Fraction(0)) / len(values), False, question.places)


def share_of(counts: Mapping[str, int], minimum: int) -> str | None:
    """Return the share of those who are content among all who judged; None where too few did."""
    judged = sum(count for grade, count in counts.items() if grade != "unsure")
    if judged < max(1, minimum):
        return None
    content = sum(count for grade, count in counts.items() if grade in CONTENT)
    return number_text(Fraction(content, judged), True, _USUAL_PLACES)
