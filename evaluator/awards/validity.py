"""How long a level is held and when it is audited again, as the rule set of its round says.

Pure: the validity of a level and days in, days out. Every day is the last one on which it holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from rules.syntax import Level, RuleSet
from rules.syntax.levels import Validity

_DAY = timedelta(days=1)
OPENS_BEFORE = timedelta(days=180)
"""How long before its last day a re-audit can be entered."""


@dataclass(frozen=True)
class Term:
    """Until when a level is held, and by when it is audited again; None is never."""

    valid_until: date | None = None
    re_audit_due: date | None = None


def level_of(rule_set: RuleSet, level: str) -> Level | None:
    """Return a level of a rule set, None where it has none such."""
    return next((each for each in rule_set.levels.from_low_to_high if each.id == level), None)


def lower_levels(rule_set: RuleSet, level: str) -> list[Level]:
    """Return the levels below one, the highest of them first."""
    found: list[Level] = []
    for each in rule_set.levels.from_low_to_high:
        if each.id == level:
            return found[::-1]
        found.append(each)
    return []


def validity_of(rule_set: RuleSet, level: str) -> Validity | None:
    """Return how long a level is held, None where the rule set sets no end."""
    found = level_of(rule_set, level)
    return found.validity if found else None


def first_term(validity: Validity | None, awarded_on: date) -> Term:
    """Return the term of a level that is awarded on a day."""
    if validity is None:
        return Term()
    return _term(validity, awarded_on - _DAY)


def next_term(validity: Validity | None, held: Term) -> Term:
    """Return the term after a passed re-audit; at its end the whole validity begins anew."""
    due, until = held.re_audit_due, held.valid_until
    if validity is None or due is None or until is None:
        return held
    if due < until:
        return Term(until, min(_later(due, 1), until))
    return _term(validity, until)


def opens_on(due: date) -> date:
    """Return the first day on which a re-audit can be entered."""
    return due - OPENS_BEFORE


def _term(validity: Validity, before: date) -> Term:
    """Return the term that begins on the day after another one."""
    until = _later(before, validity.years)
    due = {"none": None, "yearly": min(_later(before, 1), until), "at_end": until}
    return Term(until, due[validity.re_audit])


def _later(last: date, years: int) -> date:
    """Return the last day of so many years more; a year that begins on 29 February ends on 28."""
    first = last + _DAY
    try:
        return first.replace(year=first.year + years) - _DAY
    except ValueError:
        return date(first.year + years, 2, 28)
