"""Formulas in plain words: names become labels, signs become words."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from rules.describe.labels import Labels, quoted
from rules.formula import Expression, parse
from rules.numbers import fraction_text
from rules.syntax import Formula

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
_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_CALLS = {
    "zh": {"min": "{}中的较小值", "max": "{}中的较大值", "abs": "{}的绝对值",
           "floor": "{}（只取整数部分）", "ceil": "{}（有小数则进一）",
           "count_true": "以下情形的项数：{}", "given": "已填报{}",
           "days_between": "{}相隔的天数", "months_between": "{}相隔的足月数",
           "years_between": "{}相隔的足年数", "date": "{}"},
    "en": {"min": "the lower of {}", "max": "the higher of {}", "abs": "the size of {}",
           "floor": "{} rounded down", "ceil": "{} rounded up",
           "count_true": "the number that hold of: {}", "given": "{} is given",
           "days_between": "days from {}", "months_between": "full months from {}",
           "years_between": "full years from {}", "date": "{}"},
}  # fmt: skip
_BETWEEN_VALUES = {
    "zh": {"min": "与", "max": "与", "count_true": "；"},
    "en": {"min": " and ", "max": " and ", "count_true": "; "},
}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "==", "in": "not in",
             "not in": "in"}  # fmt: skip
_RANK = {"if": -1, "or": 0, "and": 1, "+": 3, "-": 3, "*": 4, "/": 4}


def say_formula(formula: Formula, labels: Labels, language: str) -> str:
    """Return a formula in words."""
    return say(parse(formula), labels, language)


def say_negated(formula: Formula, labels: Labels, language: str) -> str:
    """Return in words that a condition does not hold."""
    return say(negation(parse(formula)), labels, language)


def say_share(formula: Formula, labels: Labels, language: str) -> str:
    """Return a formula that is a share, such as the least share of the points, in words."""
    expression = parse(formula)
    if expression.kind == "number":
        return number_words(Fraction(expression.value), percent=True)
    return say(expression, labels, language)


def say(expression: Expression, labels: Labels, language: str) -> str:
    """Return an expression in words."""
    return _SAY.get(expression.kind, _joined)(expression, labels, language)


def say_beside(
    expression: Expression, other: Expression, labels: Labels, language: str, unit: bool = True
) -> str:
    """Return one side of a comparison: a number takes the kind and the unit of the other side."""
    if expression.kind == "truth":
        return {"zh": ("“否”", "“是”"), "en": ("no", "yes")}[language][expression.value is True]
    if expression.kind == "text" and other.kind == "name":
        return quoted(labels.option(str(other.value), str(expression.value), language), language)
    if expression.kind != "number":
        return _bracketed(expression, 2, labels, language)
    value = Fraction(expression.value)
    if labels.is_percent(other):
        return number_words(value, percent=True)
    return number_words(value) + (unit_after(other, value, labels, language) if unit else "")


def unit_after(other: Expression, value: Fraction, labels: Labels, language: str) -> str:
    """Return the unit of a name as it follows a number."""
    found = labels.unit(str(other.value), language) if other.kind == "name" else ""
    if language == "zh" or not found:
        return found
    plural = "" if value == 1 or found.endswith("s") or not found.isascii() else "s"
    return f" {found}{plural}"


def number_words(value: Fraction, percent: bool = False) -> str:
    """Return a number as people read it: 12, 0.5, 95%."""
    return f"{fraction_text(value * 100, 4)}%" if percent else fraction_text(value, 6)


def negation(expression: Expression) -> Expression:
    """Return the expression that holds where a condition does not."""
    if expression.kind in _OPPOSITE:
        return Expression(_OPPOSITE[expression.kind], expression.where, "", expression.args)
    if expression.kind == "not":
        return expression.args[0]
    if expression.kind in ("and", "or"):
        turned = {"and": "or", "or": "and"}[expression.kind]
        return Expression(turned, expression.where, "", tuple(map(negation, expression.args)))
    return Expression("not", expression.where, "", (expression,))


def _number(expression: Expression, labels: Labels, language: str) -> str:
    value = Fraction(expression.value)
    return number_words(value, percent=bool(value) and abs(value) < 1)


def _text(expression: Expression, labels: Labels, language: str) -> str:
    return quoted(str(expression.value), language)


def _truth(expression: Expression, labels: Labels, language: str) -> str:
    return {"zh": ("否", "是"), "en": ("no", "yes")}[language][expression.value is True]


def _name(expression: Expression, labels: Labels, language: str) -> str:
    name = str(expression.value)
    if labels.is_condition(expression):
        return labels.of(name, language) + ("为“是”" if language == "zh" else " is yes")
    return labels.plain(name, language) if language == "zh" else labels.of(name, language)


def _not(expression: Expression, labels: Labels, language: str) -> str:
    inner = expression.args[0]
    if inner.kind == "name":
        name = labels.of(str(inner.value), language)
        return f"{name}为“否”" if language == "zh" else f"{name} is no"
    if inner.kind == "call" and inner.value == "given":
        name = say(inner.args[0], labels, language) if not labels.is_condition(
            inner.args[0]) else labels.of(str(inner.args[0].value), language)  # fmt: skip
        return f"未填报{name}" if language == "zh" else f"{name} is not given"
    if inner.kind in _OPPOSITE or inner.kind in ("not", "and", "or"):
        return say(negation(inner), labels, language)
    said = say(inner, labels, language)
    return f"不满足（{said}）" if language == "zh" else f"not ({said})"


def _compared(expression: Expression, labels: Labels, language: str) -> str:
    left, right = expression.args
    if left.value == "count_true" and expression.kind in _HOW_MANY["zh"]:
        return _how_many_hold(expression, labels, language)
    if left.kind in ("number", "text", "truth") and right.kind not in ("number", "text", "truth"):
        return say(_turned(expression), labels, language)
    said = _left_side(left, right, labels, language)
    word = BETWEEN[language][expression.kind]
    if labels.is_day(left) or labels.is_day(right):
        word = _OF_DAYS[language].get(expression.kind, word)
    other = say_beside(right, left, labels, language)
    return f"{said}{word}{other}" if language == "zh" else f"{said} {word} {other}"


_HOW_MANY = {
    "zh": {">=": "下列情形有{}项及以上：{}", ">": "下列情形多于{}项：{}",
           "==": "下列情形恰有{}项：{}", "<": "下列情形不足{}项：{}", "<=": "下列情形至多{}项：{}"},
    "en": {">=": "{} or more of: {}", ">": "more than {} of: {}", "==": "exactly {} of: {}",
           "<": "fewer than {} of: {}", "<=": "at most {} of: {}"},
}  # fmt: skip


def _how_many_hold(expression: Expression, labels: Labels, language: str) -> str:
    """Return `count_true(a, b, c) >= 2` as two or more of a list."""
    counted, number = expression.args
    held = {"zh": "；", "en": "; "}[language].join(
        say(each, labels, language) for each in counted.args)  # fmt: skip
    said = _HOW_MANY[language][expression.kind].format(say(number, labels, language), held)
    return f"（{said}）" if language == "zh" else f"({said})"


def _left_side(left: Expression, right: Expression, labels: Labels, language: str) -> str:
    if left.kind == "name":
        name = str(left.value)
        exact = language == "zh" and not labels.is_condition(left)
        return labels.plain(name, language) if exact else labels.of(name, language)
    return say_beside(left, right, labels, language)


def _turned(expression: Expression) -> Expression:
    """Return `name > 5` for `5 < name`."""
    mirrored = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(expression.kind, expression.kind)
    return Expression(mirrored, expression.where, "", expression.args[::-1])


def _among(expression: Expression, labels: Labels, language: str) -> str:
    left, right = expression.args
    name = str(left.value)
    options = [quoted(labels.option(name, str(each.value), language), language)
               for each in right.args]  # fmt: skip
    word, either = BETWEEN[language][expression.kind], {"zh": "或", "en": " or "}[language]
    if language == "zh":
        return f"{labels.plain(name, language)}{word}{either.join(options)}"
    return f"{labels.of(name, language)} {word} {either.join(options)}"


def _joined(expression: Expression, labels: Labels, language: str) -> str:
    rank = _RANK[expression.kind]
    if _is_range(expression):
        return _range(expression, labels, language)
    parts = [_bracketed(each, rank, labels, language) for each in expression.args]
    if rank > 1:
        return _calculated(expression, parts, labels, language)
    word = BETWEEN[language][expression.kind]
    return (f"，{word}" if language == "zh" and expression.kind == "or" else
            word if language == "zh" else f" {word} ").join(parts)  # fmt: skip


def _is_range(expression: Expression) -> bool:
    """Return whether this is `60 <= x <= 80` or `x >= 60 and x <= 80`."""
    if expression.kind != "and" or len(expression.args) != 2:
        return False
    low, high = (_turned(each) if each.args and each.args[0].kind == "number" else each
                 for each in expression.args)  # fmt: skip
    return (low.kind in (">", ">=") and high.kind in ("<", "<=")
            and low.args[0].kind == "name" == high.args[0].kind
            and low.args[0].value == high.args[0].value)  # fmt: skip


def _range(expression: Expression, labels: Labels, language: str) -> str:
    low, high = (_turned(each) if each.args[0].kind == "number" else each
                 for each in expression.args)  # fmt: skip
    first = _compared(low, labels, language)
    days = labels.is_day(low.args[0])
    word = {**BETWEEN[language], **(_OF_DAYS[language] if days else {})}[high.kind]
    last = say_beside(high.args[1], high.args[0], labels, language)
    return f"{first}、{word}{last}" if language == "zh" else f"{first} and {word} {last}"


def _calculated(expression: Expression, parts: list[str], labels: Labels, language: str) -> str:
    left, right = expression.args
    if expression.kind in "+-":
        parts = [_added(left, right, parts[0], labels), _added(right, left, parts[1], labels)]
    if expression.kind in "-/" and _RANK.get(right.kind) == _RANK[expression.kind]:
        parts[1] = _in_brackets(parts[1], language)
    return f" {_SIGNS[expression.kind]} ".join(parts)


def _added(expression: Expression, other: Expression, said: str, labels: Labels) -> str:
    if expression.kind != "number":
        return said
    return number_words(Fraction(expression.value), labels.is_percent(other))


def _bracketed(expression: Expression, outer: int, labels: Labels, language: str) -> str:
    said = say(expression, labels, language)
    weaker = expression.kind in _RANK and _RANK[expression.kind] < outer
    return _in_brackets(said, language) if weaker else said


def _in_brackets(text: str, language: str) -> str:
    return f"（{text}）" if language == "zh" else f"({text})"


def _if(expression: Expression, labels: Labels, language: str) -> str:
    condition, then, otherwise = expression.args
    said = say(condition, labels, language)
    first = say_beside(then, otherwise, labels, language)
    second = say_beside(otherwise, then, labels, language)
    if language == "zh":
        return f"{said}时取{first}，否则取{second}"
    return f"{first} if {said}, else {second}"


def _call(expression: Expression, labels: Labels, language: str) -> str:
    name = str(expression.value)
    if name in ("ratio", "round"):
        return _ratio(expression, labels, language) if name == "ratio" else _rounded(
            expression, labels, language)  # fmt: skip
    if name == "date":
        return str(expression.args[0].value)
    if name in ("min", "max") and [each.kind for each in expression.args].count("number") == 1:
        return _limited(expression, labels, language)
    said = [_argument(expression, number, labels, language)
            for number in range(len(expression.args))]  # fmt: skip
    between = _BETWEEN_VALUES[language].get(name, {"zh": "与", "en": " to "}[language])
    return _CALLS[language][name].format(between.join(said))


def _argument(expression: Expression, number: int, labels: Labels, language: str) -> str:
    each = expression.args[number]
    if each.kind == "number" and len(expression.args) > 1:
        return say_beside(each, expression.args[number - 1], labels, language)
    if expression.value == "given":
        return labels.of(str(each.value), language)
    return say(each, labels, language)


_LIMITED = {
    "zh": {"min": "{}（超过{}的按{}计）", "max": "{}（不足{}的按{}计）"},
    "en": {"min": "{} (at most {})", "max": "{} (at least {})"},
}


def _limited(expression: Expression, labels: Labels, language: str) -> str:
    """Return `max(0, x)` as a value with a bound."""
    limit = next(each for each in expression.args if each.kind == "number")
    rest = tuple(each for each in expression.args if each is not limit)
    inner = rest[0] if len(rest) == 1 else Expression(
        "call", expression.where, expression.value, rest)  # fmt: skip
    bound = say_beside(limit, inner, labels, language)
    return _LIMITED[language][str(expression.value)].format(
        _bracketed(inner, 5, labels, language), bound, bound)  # fmt: skip


def _ratio(expression: Expression, labels: Labels, language: str) -> str:
    above, below = (_bracketed(each, 5, labels, language) for each in expression.args[:2])
    instead = expression.args[2]
    nothing = (number_words(Fraction(instead.value), percent=True)
               if instead.kind == "number" else say(instead, labels, language))  # fmt: skip
    if language == "zh":
        return f"{above} ÷ {below}（除数为0时按{nothing}计）"
    return f"{above} ÷ {below} ({nothing} where the divisor is 0)"


def _rounded(expression: Expression, labels: Labels, language: str) -> str:
    said, places = (say(each, labels, language) for each in expression.args)
    if language == "zh":
        return f"{said}（四舍五入保留{places}位小数）"
    return f"{said} (rounded half up to {places} places)"


def _negate(expression: Expression, labels: Labels, language: str) -> str:
    return f"−{_bracketed(expression.args[0], 5, labels, language)}"


_SAY: dict[str, Callable[[Expression, Labels, str], str]] = {
    "number": _number, "text": _text, "truth": _truth, "name": _name, "not": _not,
    "if": _if, "call": _call, "negate": _negate, "in": _among, "not in": _among,
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), _compared),
}  # fmt: skip

__all__ = ["BETWEEN", "Labels", "number_words", "say", "say_formula", "say_negated", "say_share"]
