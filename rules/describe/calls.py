"""Functions in words."""

from __future__ import annotations

from fractions import Fraction

from rules.describe.expressions import Sayer, bracketed, number_words, say, say_beside
from rules.describe.labels import Labels
from rules.formula import Expression

_CALLS = {
    "zh": {"min": "{}中的较小值", "max": "{}中的较大值", "abs": "{}的绝对值",
           "floor": "{}（只取整数部分）", "ceil": "{}（有小数则进一）",
           "count_true": "以下情形的项数：{}", "given": "已填报{}",
           "days_between": "{}相隔的天数", "months_between": "{}相隔的足月数",
           "years_between": "{}相隔的足年数", "date": "{}", "month_of": "{}所在月份"},
    "en": {"min": "the lower of {}", "max": "the higher of {}", "abs": "the size of {}",
           "floor": "{} rounded down", "ceil": "{} rounded up",
           "count_true": "the number that hold of: {}", "given": "{} is given",
           "days_between": "days from {}", "months_between": "full months from {}",
           "years_between": "full years from {}", "date": "{}", "month_of": "the month of {}"},
}  # fmt: skip
_BETWEEN_VALUES = {
    "zh": {"min": "与", "max": "与", "count_true": "；"},
    "en": {"min": " and ", "max": " and ", "count_true": "; "},
}
_LIMITED = {
    "zh": {"min": "{}（超过{}的按{}计）", "max": "{}（不足{}的按{}计）"},
    "en": {"min": "{} (at most {})", "max": "{} (at least {})"},
}


def _call(expression: Expression, labels: Labels, language: str) -> str:
    name = str(expression.value)
    if name in ("ratio", "round"):
        return (
            _ratio(expression, labels, language)
            if name == "ratio"
            else _rounded(expression, labels, language)
        )
    if name == "date":
        return str(expression.args[0].value)
    if name in ("min", "max") and [each.kind for each in expression.args].count("number") == 1:
        return _limited(expression, labels, language)
    said = [
        _argument(expression, number, labels, language) for number in range(len(expression.args))
    ]
    between = _BETWEEN_VALUES[language].get(name, {"zh": "与", "en": " to "}[language])
    return _CALLS[language][name].format(between.join(said))


def _argument(expression: Expression, number: int, labels: Labels, language: str) -> str:
    each = expression.args[number]
    if each.kind == "number" and len(expression.args) > 1:
        return say_beside(each, expression.args[number - 1], labels, language)
    if expression.value == "given":
        return labels.of(str(each.value), language)
    return say(each, labels, language)


def _limited(expression: Expression, labels: Labels, language: str) -> str:
    """Return `max(0, x)` as a value with a bound."""
    limit = next(each for each in expression.args if each.kind == "number")
    rest = tuple(each for each in expression.args if each is not limit)
    inner = (
        rest[0] if len(rest) == 1 else Expression("call", expression.where, expression.value, rest)
    )
    bound = say_beside(limit, inner, labels, language)
    return _LIMITED[language][str(expression.value)].format(
        bracketed(inner, 5, labels, language), bound, bound
    )


def _ratio(expression: Expression, labels: Labels, language: str) -> str:
    above, below = (bracketed(each, 5, labels, language) for each in expression.args[:2])
    instead = expression.args[2]
    nothing = (
        number_words(Fraction(instead.value), percent=True)
        if instead.kind == "number"
        else say(instead, labels, language)
    )
    if language == "zh":
        return f"{above} ÷ {below}（除数为0时按{nothing}计）"
    return f"{above} ÷ {below} ({nothing} where the divisor is 0)"


def _rounded(expression: Expression, labels: Labels, language: str) -> str:
    said, places = (say(each, labels, language) for each in expression.args)
    if language == "zh":
        return f"{said}（四舍五入保留{places}位小数）"
    return f"{said} (rounded half up to {places} places)"


CALLS: dict[str, Sayer] = {"call": _call}
