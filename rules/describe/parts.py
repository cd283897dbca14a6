"""Parts, rungs and cases of a rule in words, without their points.

The document of a rule set and the reason of a score say a rule with the same words.
"""

from __future__ import annotations

from fractions import Fraction

from rules.describe.labels import Labels
from rules.describe.windows import window_words
from rules.describe.words import number_words, say, say_formula, unit_after
from rules.formula import Expression, parse
from rules.syntax import Case, Formula, Ladder, Part, Per, PerEvent, Rung

_SIGN_OF = {"at_least": ">=", "above": ">", "at_most": "<=", "below": "<"}


def part_words(part: Part, labels: Labels, language: str, counted: bool = True) -> str:
    """Return one part of deduct, award or adjust in words, without its points.

    With `counted` a count ends with its unit (“低于12次，每少1次”), to be followed by the points of
    one; without it the words go before the points of all.
    """
    own = _own_words(part, labels, language, counted)
    if part.because:
        return _with_unit(part.because.say(language), part, own if counted else "", language)
    if part.when is None or not (part.each or part.per or part.per_event or part.discretion):
        return own
    condition = say_formula(part.when, labels, language)
    return f"{condition}时，{own}" if language == "zh" else f"where {condition}, {own}"


def _with_unit(because: str, part: Part, own: str, language: str) -> str:
    """Return a reason, and the unit that is counted where the reason does not say it itself."""
    comma = "，" if language == "zh" else ", "
    if not own or not (part.each or part.per) or says_unit(because, language):
        return because
    return f"{because}{comma}{own.rpartition(comma)[2]}"


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
        return _each_words(parse(part.each), labels, language, counted)
    if part.per:
        return _per_words(part.per, labels, language, counted)
    if part.per_event:
        return event_words(part.per_event, labels, language, counted)
    if part.discretion:
        return labels.plain(part.discretion.fact, language)
    assert part.when is not None  # noqa: S101 - the schema asks for a way or a condition
    return say_formula(part.when, labels, language)


def _each_words(count: Expression, labels: Labels, language: str, counted: bool) -> str:
    """Return a count in words: `12 - minutes` is how far the minutes fall short of 12."""
    count = _without_zero_bound(count)
    if count.kind == "-":
        return _short_or_over(count, labels, language, counted)
    if count.value == "count_true" and count.kind == "call":
        return _each_true(count, labels, language, counted)
    said = say(count, labels, language)
    unit = unit_after(count, Fraction(1), labels, language)
    if not counted:
        return said
    if language == "zh":
        return f"{said}，每1{unit or '项'}"
    return f"{said}, for each{unit}" if unit else f"{said}, for each one"


def _without_zero_bound(count: Expression) -> Expression:
    """Return x for `max(0, x)`: a count below 0 never counts."""
    if count.kind == "call" and count.value == "max" and len(count.args) == 2:
        zero = [each for each in count.args if each.kind == "number" and each.value == 0]
        rest = [each for each in count.args if each not in zero]
        if len(zero) == len(rest) == 1:
            return rest[0]
    return count


def _short_or_over(count: Expression, labels: Labels, language: str, counted: bool) -> str:
    target_first = count.args[0].kind == "number"
    target, measure = count.args if target_first else count.args[::-1]
    sign = "<" if target_first else ">"
    said = say(Expression(sign, count.where, "", (measure, target)), labels, language)
    if not counted:
        return said
    unit = unit_after(measure, Fraction(1), labels, language)
    if language == "zh":
        return f"{said}，每{'少' if target_first else '多'}1{unit or '个'}"
    return f"{said}, for each{unit or ' one'} {'short' if target_first else 'above'}"


def _each_true(count: Expression, labels: Labels, language: str, counted: bool) -> str:
    conditions = [say(each, labels, language) for each in count.args]
    if language == "zh":
        said = f"下列情形：{'；'.join(conditions)}"
        return f"{said}，每有1项" if counted else said
    said = f"of the following: {'; '.join(conditions)}"
    return f"{said}, for each that holds" if counted else said


_STEPS = {
    "zh": {
        "whole": "不足{}的部分不计",
        "started": "不足{}的按{}计",
        "pro_rata": "不足{}的按比例计",
    },
    "en": {
        "whole": "parts of {} do not count",
        "started": "a started {} counts as a whole one",
        "pro_rata": "parts of {} count pro rata",
    },
}


def steps_words(per: Per, labels: Labels, language: str) -> str:
    """Return what a fraction of a unit does; nothing where there can be none."""
    measure = parse(per.measure)
    if per.steps != "pro_rata" and _is_whole_count(measure, labels) and per.every.text == "1":
        return ""
    unit = _unit_of_distance(parse(per.every), measure, labels, language)
    return _STEPS[language][per.steps].format(unit, unit)


def _per_words(per: Per, labels: Labels, language: str, counted: bool) -> str:
    measure, target = parse(per.measure), per.below or per.above
    assert target is not None  # noqa: S101 - the lowering asks for one of them
    compared = Expression("<" if per.below else ">", per.where, "", (measure, parse(target)))
    said = say(compared, labels, language)
    if not counted:
        return said
    unit = _unit_of_distance(parse(per.every), measure, labels, language)
    if language == "zh":
        word = "低" if per.below else "高"
        return f"{said}，每{word}{unit}"
    return f"{said}, for each {unit} {'below' if per.below else 'above'}"


def _is_whole_count(measure: Expression, labels: Labels) -> bool:
    """Return whether a measure has no fractions that would need a word."""
    typed = labels.typed(str(measure.value)) if measure.kind == "name" else None
    return typed is not None and typed.type == "integer"


def _unit_of_distance(every: Expression, measure: Expression, labels: Labels, language: str) -> str:
    if every.kind != "number":
        return say(every, labels, language)
    value = Fraction(every.value)
    if labels.is_percent(measure):
        points = number_words(value * 100)
        plural = "" if points == "1" else "s"
        return f"{points}个百分点" if language == "zh" else f"{points} percentage point{plural}"
    unit = unit_after(measure, value, labels, language)
    return number_words(value) + (unit or ("个单位" if language == "zh" else ""))


def event_words(per_event: PerEvent, labels: Labels, language: str, counted: bool = True) -> str:
    """Return which events count, and how often."""
    name = labels.of(per_event.of, language)
    window = window_words(per_event.within, language)
    condition = _event_condition(per_event.of, per_event.where_, labels, language)
    inner = labels.for_events(per_event.of)
    single = inner.of(per_event.once_per, language) if per_event.once_per else ""
    if language == "zh":
        said = f"{window}的{name}{condition}"
        if per_event.take == "highest":
            return f"{said}，只取最高的一项"
        said += f"，同一{single}只计最高的一次" if single else ""
        return f"{said}，每有1项" if counted else said
    said = f"{name}{condition} {window}"
    if per_event.take == "highest":
        return f"{said}, the highest alone"
    said += f", of the same {single} the highest alone" if single else ""
    return f"{said}, for each" if counted else said


def _event_condition(name: str, condition: Formula | None, labels: Labels, language: str) -> str:
    if condition is None:
        return ""
    said = say_formula(condition, labels.for_events(name), language)
    return f"（{said}的）" if language == "zh" else f" ({said})"


__all__ = [
    "case_words",
    "derived_words",
    "event_words",
    "part_words",
    "rung_words",
    "says_unit",
    "steps_words",
]
