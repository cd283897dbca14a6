"""Comparisons in words: counts, dates, places in a group, lengths of time, choices."""

from __future__ import annotations

from fractions import Fraction

from rules.describe.expressions import Sayer, say, say_beside
from rules.describe.labels import Labels, quoted
from rules.formula import Expression

BETWEEN = {
    "zh": {"<": "低于", "<=": "不高于", ">": "高于", ">=": "不低于", "==": "为", "!=": "不为",
           "and": "且", "or": "或", "in": "为", "not in": "不为"},
    "en": {"<": "below", "<=": "at most", ">": "above", ">=": "at least", "==": "is",
           "!=": "is not", "and": "and", "or": "or", "in": "is", "not in": "is not"},
}  # fmt: skip
_OF_DAYS = {
    "zh": {"<": "早于", "<=": "不晚于", ">": "晚于", ">=": "不早于"},
    "en": {"<": "before", "<=": "on or before", ">": "after", ">=": "on or after"},
}
_HOW_MANY = {
    "zh": {">=": "下列情形有{}项及以上：{}", ">": "下列情形多于{}项：{}",
           "==": "下列情形恰有{}项：{}", "<": "下列情形不足{}项：{}", "<=": "下列情形至多{}项：{}"},
    "en": {">=": "{} or more of: {}", ">": "more than {} of: {}", "==": "exactly {} of: {}",
           "<": "fewer than {} of: {}", "<=": "at most {} of: {}"},
}  # fmt: skip
_OF_COUNTS = {"<": "少于", "<=": "不多于", ">": "多于", ">=": "不少于"}
_PLACES = {
    "zh": {"<=": "为前{}名", "<": "在第{}名之前", ">": "在第{}名之后", ">=": "为第{}名及以后",
           "==": "为第{}名", "!=": "不是第{}名"},
    "en": {"<=": " within the first {}", "<": " before {}", ">": " after {}",
           ">=": " {} or after", "==": " is {}", "!=": " is not {}"},
}  # fmt: skip
_LASTED = {
    "years_between": ("年", "year"),
    "months_between": ("个月", "month"),
    "days_between": ("天", "day"),
}
_LASTS = {
    "zh": {">=": "满", ">": "超过", "<": "不满", "<=": "不超过", "==": "恰为", "!=": "不为"},
    "en": {">=": "at least", ">": "more than", "<": "less than", "<=": "at most",
           "==": "exactly", "!=": "not"},
}  # fmt: skip


def compared(expression: Expression, labels: Labels, language: str) -> str:
    """Return a comparison in words."""
    left, right = expression.args
    if left.kind == "call" and left.value == "count_true" and expression.kind in _HOW_MANY["zh"]:
        return _how_many_hold(expression, labels, language)
    if left.kind == "call" and right.kind == "number" and left.value in _LASTED:
        return _lasted(expression, labels, language)
    if left.kind in ("number", "text", "truth") and right.kind not in ("number", "text", "truth"):
        return say(turned(expression), labels, language)
    said = _left_side(left, right, labels, language)
    if labels.is_rank(left) and right.kind == "number":
        return said + _place(expression, language)
    word, other = comparative(expression, labels, language)
    return f"{said}{word}{other}" if language == "zh" else f"{said} {word} {other}"


def comparative(expression: Expression, labels: Labels, language: str) -> tuple[str, str]:
    """Return the word of a comparison and its right side: a count is 不少于1次, not 高于0次."""
    left, right = expression.args
    if expression.kind == ">" and labels.counts(left) and right.value == 0:
        one = Expression("number", right.where, Fraction(1))
        return comparative(Expression(">=", expression.where, "", (left, one)), labels, language)
    word, other = BETWEEN[language][expression.kind], say_beside(right, left, labels, language)
    if labels.is_day(left) or labels.is_day(right):
        return _OF_DAYS[language].get(expression.kind, word), other
    if labels.counts(left) and language == "zh":
        return _OF_COUNTS.get(expression.kind, word), other
    return word, other


def _place(expression: Expression, language: str) -> str:
    """Return a place in a group: 为前3名."""
    number = Fraction(expression.args[1].value)
    kind = "==" if expression.kind == "<=" and number == 1 else expression.kind
    return _PLACES[language][kind].format(number)


def _how_many_hold(expression: Expression, labels: Labels, language: str) -> str:
    """Return `count_true(a, b, c) >= 2` as two or more of a list."""
    counted, number = expression.args
    held = {"zh": "；", "en": "; "}[language].join(
        say(each, labels, language) for each in counted.args
    )
    said = _HOW_MANY[language][expression.kind].format(say(number, labels, language), held)
    return f"（{said}）" if language == "zh" else f"({said})"


def _lasted(expression: Expression, labels: Labels, language: str) -> str:
    """Return `years_between(a, b) >= 1` as a full year from a to b."""
    call, number = expression.args
    first, last = (say(each, labels, language) for each in call.args)
    word, count = _LASTS[language][expression.kind], say(number, labels, language)
    zh, en = _LASTED[str(call.value)]
    if language == "zh":
        return f"从{first}到{last}{word}{count}{zh}"
    return f"{word} {count} {en}{'' if count == '1' else 's'} from {first} to {last}"


def _left_side(left: Expression, right: Expression, labels: Labels, language: str) -> str:
    if left.kind == "name":
        name = str(left.value)
        exact = language == "zh" and not labels.is_condition(left)
        return labels.plain(name, language) if exact else labels.of(name, language)
    return say_beside(left, right, labels, language)


def turned(expression: Expression) -> Expression:
    """Return `name > 5` for `5 < name`."""
    mirrored = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(expression.kind, expression.kind)
    return Expression(mirrored, expression.where, "", expression.args[::-1])


def _among(expression: Expression, labels: Labels, language: str) -> str:
    left, right = expression.args
    name = str(left.value)
    options = [
        quoted(labels.option(name, str(each.value), language), language) for each in right.args
    ]
    word, either = BETWEEN[language][expression.kind], {"zh": "或", "en": " or "}[language]
    if language == "zh":
        return f"{labels.plain(name, language)}{word}{either.join(options)}"
    return f"{labels.of(name, language)} {word} {either.join(options)}"


def places(low: Expression, high: Expression, labels: Labels, language: str) -> str:
    """Return `rank > 1 and rank <= 3` as places 2 to 3."""
    first = Fraction(low.args[1].value) + (low.kind == ">")
    last = Fraction(high.args[1].value) - (high.kind == "<")
    said = _left_side(low.args[0], low.args[1], labels, language)
    if first == last:
        return said + _PLACES[language]["=="].format(first)
    return f"{said}为第{first}至{last}名" if language == "zh" else f"{said} from {first} to {last}"


COMPARISONS: dict[str, Sayer] = {
    "in": _among, "not in": _among,
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), compared),
}  # fmt: skip
