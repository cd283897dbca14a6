"""Small rule sets and formulas for the tests of the language."""

from fractions import Fraction

from rules import integers
from rules.formula import Expression, parse
from rules.loader import load_text
from rules.lowering.expressions import lower_number, lower_truth
from rules.lowering.names import Names
from rules.problems import RuleErrors
from rules.syntax import Formula, RuleSet

SMALL = """\
rule_set: small
category: demo
version: "1"
title: {zh: 小, en: Small}
period: {from: 2026-01-01, to: 2026-12-31}
scale: {total: 10}
organisations: {part_year: in_full, merged: mean}
facts:
  members: {label: 人数, type: integer, min: 3, max: 60}
  share: {label: 比例, type: ratio}
  kind: {label: 类型, type: choice, options: {shop: 商铺, office: 写字楼, site: 工地}}
  elected: {label: 换届, type: boolean}
  first: {label: 起, type: date}
  last: {label: 止, type: date}
dimensions:
  - id: d
    title: 维度
    points: 10
    indicators:
      - id: i
        title: 指标
        points: 10
        rule: {award: [{when: elected, points: 10}]}
levels: {measured_on: unrounded, promotion: any, from_low_to_high: []}
"""


def small() -> RuleSet:
    """Return a rule set with a fact of every type."""
    return load_text(SMALL)


def number(text: str, **facts: int) -> Fraction:
    """Return the value of a formula that is a number, from scaled facts."""
    names = Names(small())
    value = lower_number(Formula(text), names)
    slots = {index: facts[slot.name] for index, slot in enumerate(names.slots)}
    return Fraction(integers.value_of(value.num, slots), integers.value_of(value.den, slots))


def holds(text: str, **facts: int) -> bool:
    """Return whether a formula that is a condition holds, from scaled facts."""
    names = Names(small())
    bit = lower_truth(Formula(text), names)
    slots = {index: facts[slot.name] for index, slot in enumerate(names.slots)}
    return bool(integers.value_of(bit, slots))


def refusal(text: str) -> tuple[int, str, str]:
    """Return column, code and message of the one error of a formula."""
    try:
        lower_number(Formula(text), Names(small()))
    except RuleErrors as error:
        (problem,) = error.problems
        return problem.where.column, problem.code, problem.message
    raise AssertionError(f"{text} was accepted")


def shape(text: str) -> str:
    """Return a parsed formula in brackets, to compare how it is read."""
    return _shape(parse(Formula(text)))


def _shape(expression: Expression) -> str:
    own = expression.kind if expression.value == "" else str(expression.value)
    return f"{own}({' '.join(map(_shape, expression.args))})" if expression.args else own
