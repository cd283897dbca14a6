"""Parts, rungs and cases of a rule in words, without their points.

The document of a rule set and the reason of a score say a rule with the same words.
"""

from __future__ import annotations

from rules.describe.counts import each_words, event_words, per_words
from rules.describe.labels import Labels
from rules.describe.words import say, say_formula
from rules.formula import Expression, parse
from rules.syntax import Case, Ladder, Part, Rung

_SIGN_OF = {"at_least": ">=", "above": ">", "at_most": "<=", "below": "<"}


def part_words(part: Part, labels: Labels, language: str, counted: bool = True) -> str:
    """Return one part of deduct, award or adjust in words, without its points.

    With `counted` a count ends with its unit (“低于12次，每少1次”), to be followed by the points of
    one; without it the words go before the points of all.
    """
    own = _own_words(part, labels, language, counted)
    if part.because:
        said = part.because.say(language)
        return _with_unit(said, part, own, language) if counted else _without_unit(said, language)
    if part.when is None or not (part.each or part.per or part.per_event or part.discretion):
        return own
    condition = say_formula(part.when, labels, language)
    return f"{condition}时，{own}" if language == "zh" else f"where {condition}, {own}"


def _with_unit(because: str, part: Part, own: str, language: str) -> str:
    """Return a reason, and the unit that is counted where the reason does not say it itself."""
    comma = "，" if language == "zh" else ", "
    if not (part.each or part.per) or says_unit(because, language):
        return because
    return f"{because}{comma}{own.rpartition(comma)[2]}"


def _without_unit(because: str, language: str) -> str:
    """Return a reason without its last clause where that says for how much the points are."""
    start, comma, clause = because.rpartition("，" if language == "zh" else ", ")
    counts = clause.startswith("每") if language == "zh" else says_unit(clause, language)
    return start if comma and counts else because


def says_unit(because: str, language: str) -> bool:
    """Return whether a reason says for how much the points are: 每少1次, for each."""
    if language == "zh":
        return "每" in because.rpartition("，")[2]
    return bool({"each", "every", "per"} & set(because.lower().split()))


def derived_words(part: Part, labels: Labels, language: str) -> str:
    """Return how a part follows from its facts, even where it gives a reason of its own."""
    own = _own_words(part, labels, language, counted=False)
    counted = part.each or part.per or part.per_event or part.discretion
    if part.when is None or not counted:
        return own
    condition = say_formula(part.when, labels, language)
    return f"{condition}，且{own}" if language == "zh" else f"{condition}, and {own}"


def rung_words(rung: Rung, ladder: Ladder, labels: Labels, language: str) -> str:
    """Return the values that one step of a ladder takes in, in words."""
    measure = parse(ladder.measure)
    own = _threshold(rung, measure)
    earlier = ladder.rungs[: ladder.rungs.index(rung)]
    before = _threshold(earlier[-1], measure) if earlier else None
    if before is None or (before.kind in (">", ">=")) != (own.kind in (">", ">=")):
        return say(own, labels, language)
    low, high = own, _turned_round(before)
    if own.kind in ("<", "<="):
        low, high = high, low
    return say(Expression("and", own.where, "", (low, high)), labels, language)


def _threshold(rung: Rung, measure: Expression) -> Expression:
    way = next(each for each in _SIGN_OF if getattr(rung, each) is not None)
    return Expression(_SIGN_OF[way], rung.where, "", (measure, parse(getattr(rung, way))))


def _turned_round(threshold: Expression) -> Expression:
    opposite = {">=": "<", ">": "<=", "<=": ">", "<": ">="}[threshold.kind]
    return Expression(opposite, threshold.where, "", threshold.args)


def case_words(case: Case, labels: Labels, language: str) -> str:
    """Return a case in words: its own, or its condition."""
    if case.because:
        return case.because.say(language)
    return say_formula(case.when, labels, language)


def _own_words(part: Part, labels: Labels, language: str, counted: bool) -> str:
    if part.each:
        return each_words(parse(part.each), labels, language, counted)
    if part.per:
        return per_words(part.per, labels, language, counted)
    if part.per_event:
        return event_words(part.per_event, labels, language, counted)
    if part.discretion:
        return labels.plain(part.discretion.fact, language)
    assert part.when is not None  # noqa: S101 - the schema asks for a way or a condition
    return say_formula(part.when, labels, language)
