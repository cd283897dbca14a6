"""Formulas in plain words: names become labels, signs become words."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from rules.formula import Expression, parse
from rules.numbers import fraction_text
from rules.syntax import Fact, Formula, RuleSet, Words

BETWEEN = {
    "zh": {"<": "低于", "<=": "不高于", ">": "高于", ">=": "不低于", "==": "为", "!=": "不为",
           "+": "加", "-": "减", "*": "乘以", "/": "除以", "and": "且", "or": "或",
           "in": "属于", "not in": "不属于"},
    "en": {"<": "below", "<=": "at most", ">": "above", ">=": "at least", "==": "is",
           "!=": "is not", "+": "plus", "-": "minus", "*": "times", "/": "divided by",
           "and": "and", "or": "or", "in": "is one of", "not in": "is none of"},
}
_CALLS = {
    "zh": {"min": "{}中的最小值", "max": "{}中的最大值", "abs": "{}的绝对值",
           "floor": "{}取整（舍去小数）", "ceil": "{}取整（进一）", "count_true": "{}中成立的项数",
           "given": "已填报{}", "days_between": "{}之间的天数", "months_between": "{}之间的足月数",
           "years_between": "{}之间的足年数", "date": "{}"},
    "en": {"min": "the lowest of {}", "max": "the highest of {}", "abs": "the size of {}",
           "floor": "{} rounded down", "ceil": "{} rounded up",
           "count_true": "how many hold of {}", "given": "{} is given",
           "days_between": "days between {}", "months_between": "full months between {}",
           "years_between": "full years between {}", "date": "{}"},
}
_PERIOD = {"period_start": Words("评定周期首日", "the first day of the period"),
           "period_end": Words("评定周期末日", "the last day of the period"),
           "base": Words("基础分", "the base"), "total": Words("总分", "the total"),
           "stars": Words("获得的星数", "the stars won")}


class Labels:
    """Finds the label of every name of a rule set."""

    def __init__(self, rule_set: RuleSet):
        self.rule_set = rule_set
        groups = (*rule_set.dimensions, *rule_set.blocks)
        self.words: dict[str, Words] = {
            **_PERIOD,
            **{group.id: group.title for group in groups},
            **{indicator.id: indicator.title for group in groups
               for indicator in group.indicators},
            **{name: measure.label for name, measure in rule_set.measures.items()},
            **{name: fact.label for name, fact in rule_set.facts.items()},
        }

    def of(self, name: str, language: str) -> str:
        """Return the label of a name in quotes; the name itself where there is none."""
        words = self.words.get(name)
        label = words.say(language) if words else name
        return f"“{label}”" if language == "zh" else f'"{label}"'

    def option(self, fact_name: str, word: str, language: str) -> str:
        """Return the label of one word of a choice."""
        fact = self.rule_set.facts.get(fact_name)
        words = fact.options.get(word) if fact else None
        return words.say(language) if words else word


def say_formula(formula: Formula, labels: Labels, language: str) -> str:
    """Return a formula in words."""
    return say(parse(formula), labels, language)


def say_negated(formula: Formula, labels: Labels, language: str) -> str:
    """Return in words that a condition does not hold."""
    return _not(parse(formula), labels, language)


def say(expression: Expression, labels: Labels, language: str) -> str:
    """Return an expression in words."""
    return _SAY.get(expression.kind, _between)(expression, labels, language)


def _number(expression: Expression, labels: Labels, language: str) -> str:
    value = expression.value
    assert isinstance(value, Fraction)  # noqa: S101 - a number holds a fraction
    if value and abs(value) <= 1 and value.denominator != 1:
        return f"{fraction_text(value * 100, 4)}%"
    return fraction_text(value, 6)


def _text(expression: Expression, labels: Labels, language: str) -> str:
    return f"“{expression.value}”" if language == "zh" else f'"{expression.value}"'


def _truth(expression: Expression, labels: Labels, language: str) -> str:
    return {"zh": ("否", "是"), "en": ("no", "yes")}[language][expression.value is True]


def _name(expression: Expression, labels: Labels, language: str) -> str:
    name = str(expression.value)
    if _is_truth(name, labels):
        return labels.of(name, language) + ("为“是”" if language == "zh" else " is yes")
    return labels.of(name, language)


def _is_truth(name: str, labels: Labels) -> bool:
    fact: Fact | None = labels.rule_set.facts.get(name)
    return fact is not None and fact.type == "boolean"


def _not_word(expression: Expression, labels: Labels, language: str) -> str:
    return _not(expression.args[0], labels, language)


_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "==", "in": "not in",
             "not in": "in"}


def _not(expression: Expression, labels: Labels, language: str) -> str:
    if expression.kind in _OPPOSITE:
        turned = Expression(_OPPOSITE[expression.kind], expression.where, "", expression.args)
        return say(turned, labels, language)
    if expression.kind == "not":
        return say(expression.args[0], labels, language)
    if expression.kind == "name":
        name = labels.of(str(expression.value), language)
        return f"{name}为“否”" if language == "zh" else f"{name} is no"
    inner = say(expression, labels, language)
    return f"不满足（{inner}）" if language == "zh" else f"not ({inner})"


def _between(expression: Expression, labels: Labels, language: str) -> str:
    word = BETWEEN[language][expression.kind]
    if expression.kind in ("==", "!=", "in", "not in") and expression.args[0].kind == "name":
        return _choice(expression, word, labels, language)
    parts = [_bracketed(each, expression, labels, language) for each in expression.args]
    return (word if language == "zh" else f" {word} ").join(parts)


def _choice(expression: Expression, word: str, labels: Labels, language: str) -> str:
    name = str(expression.args[0].value)
    right = expression.args[1]
    options = right.args if right.kind == "list" else (right,)
    said = [labels.option(name, str(each.value), language) if each.kind == "text"
            else say(each, labels, language) for each in options]
    if language == "zh":
        return f"{labels.of(name, language)}{word}“{'”“'.join(said)}”"
    return f"{labels.of(name, language)} {word} {', '.join(said)}"


_RANK = {"or": 0, "and": 1, "+": 3, "-": 3, "*": 4, "/": 4}


def _bracketed(expression: Expression, outer: Expression, labels: Labels, language: str) -> str:
    said = say(expression, labels, language)
    weaker = expression.kind in _RANK and _RANK[expression.kind] < _RANK.get(outer.kind, 2)
    if not weaker:
        return said
    return f"（{said}）" if language == "zh" else f"({said})"


def _if(expression: Expression, labels: Labels, language: str) -> str:
    condition, then, otherwise = (say(each, labels, language) for each in expression.args)
    if language == "zh":
        return f"{condition}时取{then}，否则取{otherwise}"
    return f"{then} if {condition}, else {otherwise}"


def _call(expression: Expression, labels: Labels, language: str) -> str:
    said = [say(each, labels, language) for each in expression.args]
    if expression.value == "ratio":
        return f"{said[0]}÷{said[1]}" if language == "zh" else f"{said[0]} / {said[1]}"
    if expression.value == "round":
        return said[0]
    joined = ("、" if language == "zh" else ", ").join(said)
    return _CALLS[language][str(expression.value)].format(joined)


def _negate(expression: Expression, labels: Labels, language: str) -> str:
    return f"-{say(expression.args[0], labels, language)}"


_SAY: dict[str, Callable[[Expression, Labels, str], str]] = {
    "number": _number, "text": _text, "truth": _truth, "name": _name, "not": _not_word,
    "if": _if, "call": _call, "negate": _negate,
}
