"""Counts in words: occurrences, distances from a target, events."""

from __future__ import annotations

from fractions import Fraction

from rules.describe.labels import Labels
from rules.describe.windows import window_words
from rules.describe.words import number_words, say, say_formula, unit_after
from rules.formula import Expression, parse
from rules.syntax import Formula, Per, PerEvent


def each_words(count: Expression, labels: Labels, language: str, counted: bool) -> str:
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


def per_words(per: Per, labels: Labels, language: str, counted: bool) -> str:
    """Return a distance from a target in words."""
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
