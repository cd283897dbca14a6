"""The expression language of rules: parsed by Python's own parser, but only a small part of it.

Numbers are exact (`0.1 + 0.2` is `0.3`), `95%` is 0.95, names may be Chinese, and every error
knows its column. What an expression means is worked out by `rules.lowering`; nothing here runs.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from rules.numbers import read_number
from rules.problems import Position, Problem, RuleErrors, listed, nearest
from rules.spellings import PERCENT, misspelling
from rules.syntax.base import Formula

MAX_LENGTH = 1_000
MAX_DEPTH = 60
FUNCTIONS = {
    "min": "the lowest of its values",
    "max": "the highest of its values",
    "abs": "the distance from 0",
    "floor": "rounded down to a whole number",
    "ceil": "rounded up to a whole number",
    "round": "rounded half up: round(value, places)",
    "ratio": "a / b, or the third value where b is 0: ratio(a, b, otherwise)",
    "count_true": "how many of its conditions hold",
    "given": "whether a fact has a value",
    "days_between": "days from the first date to the second",
    "months_between": "full months from the first date to the second",
    "years_between": "full years from the first date to the second",
    "month_of": "the month of a date, 1 to 12",
    "day_of": "the day of the month of a date, 1 to 31",
    "date": 'a date: date("2026-01-31")',
}
_OPERATORS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.And: "and",
    ast.Or: "or",
}


@dataclass(frozen=True)
class Expression:
    """One node of a parsed formula.

    `kind` is one of: number (`value` a Fraction), text, truth, name, list, call (`value` the
    function), not, negate, `if` (condition, then, else), or an operator such as `+`, `<=`, `and`.
    """

    kind: str
    where: Position
    value: Fraction | str | bool = ""
    args: tuple[Expression, ...] = ()
    percent: bool = False
    """Whether a number was written with a percent sign."""

    def names(self) -> set[str]:
        """Return every fact, measure or total that is named in it."""
        found = {str(self.value)} if self.kind == "name" else set()
        return found.union(*(each.names() for each in self.args))


def parse(formula: Formula) -> Expression:
    """Return the parsed formula; raises RuleErrors with the column of what is wrong."""
    return _parsed(formula.text, formula.where)


@lru_cache(maxsize=20_000)
def _parsed(written: str, where: Position) -> Expression:
    """Parse a formula once for each place; reasons ask for the same ones again and again."""
    formula = Formula(written, where)
    text = re.sub(r"\s", " ", formula.text)
    if len(text) > MAX_LENGTH:
        raise _error(
            formula.where,
            f"the formula has {len(text)} characters; at most "
            f"{MAX_LENGTH} are allowed. Split it into named measures.",
        )
    wrong = misspelling(text)
    if wrong:
        raise _error(formula.where.shifted(wrong[0]), wrong[1])
    # A percentage takes the place of Python's imaginary numbers, which have the same width.
    _refuse_imaginary(text, formula)
    source = PERCENT.sub(r"\1j", text)
    try:
        tree = ast.parse(source.strip() or source, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise _syntax_error(error, formula) from error
    indent = len(source) - len(source.lstrip())
    return _Reader(formula, source.strip(), indent).read(tree)


def _refuse_imaginary(text: str, formula: Formula) -> None:
    match = re.search(r"(?<![\w\"'])\d[\d.]*[jJ]\b", text)
    if match:
        raise _error(
            formula.where.shifted(match.start()),
            f'found "{match[0]}"; a number has digits and a point only, or ends with %.',
        )


def _error(where: Position, message: str, code: str = "formula") -> RuleErrors:
    return RuleErrors([Problem(where, code, message)])


def _syntax_error(error: Exception, formula: Formula) -> RuleErrors:
    text = formula.text.strip()
    start = formula.where.shifted(len(formula.text) - len(formula.text.lstrip()))
    assigned = re.search(r"(?<![<>=!])=(?!=)", text)
    if assigned:
        return _error(start.shifted(assigned.start()), 'found "="; comparison is written "==".')
    try:
        list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return _error(
            start, f'"{text}" is not complete: a bracket or quote is not closed. Close it.'
        )
    # Python gives no place to a text without one, and 0 to the end of a text.
    offset = getattr(error, "offset", 1)
    before = len(text) if offset == 0 else (offset or 1) - 1
    found = text[before : before + 10] or "the end"
    return _error(
        start.shifted(before),
        f'"{text}" cannot be read near "{found}"; allowed are numbers, 95%, names, '
        "+ - * /, comparisons, and, or, not, in [..], x if y else z, and "
        f"{listed(FUNCTIONS)}.",
    )


class _Reader:
    """Turns Python's syntax tree into ours, refusing all but the whitelisted nodes."""

    def __init__(self, formula: Formula, source: str, indent: int):
        self.formula = formula
        self.source = source
        self.indent = indent
        self.depth = 0

    def place(self, node: ast.AST) -> Position:
        line = self.source.splitlines()[node.lineno - 1]  # type: ignore[attr-defined]
        start: int = node.col_offset  # type: ignore[attr-defined]
        before = len(line.encode()[:start].decode())
        return self.formula.where.shifted(before + (self.indent if node.lineno == 1 else 0))  # type: ignore[attr-defined]

    def read(self, node: ast.expr) -> Expression:
        reader = getattr(self, f"read_{type(node).__name__}", None)
        if reader is None:
            raise self.refuse_kind(node)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.refuse(
                node,
                f"the formula is nested more than {MAX_DEPTH} deep, or adds up so many "
                "terms. Split it into named measures.",
            )
        expression = reader(node)
        self.depth -= 1
        assert isinstance(expression, Expression)  # noqa: S101
        return expression

    def refuse_kind(self, node: ast.AST) -> RuleErrors:
        found = ast.get_source_segment(self.source, node) or type(node).__name__
        return self.refuse(
            node,
            f'"{found}" is not allowed in a formula; allowed are numbers, '
            "names, + - * /, comparisons, and, or, not, in, if … else, "
            f"{listed(FUNCTIONS)}.",
        )

    def refuse(self, node: ast.AST, message: str) -> RuleErrors:
        return _error(self.place(node), message)

    def read_Constant(self, node: ast.Constant) -> Expression:  # noqa: N802
        where, value = self.place(node), node.value
        if isinstance(value, bool):
            raise self.refuse(node, f'found "{value}"; write true or false.')
        if isinstance(value, str):
            return Expression("text", where, value)
        if value is None:
            return Expression("name", where, "None")
        if isinstance(value, bytes) or value is ...:
            raise self.refuse_kind(node)
        written = ast.get_source_segment(self.source, node) or ""
        try:
            number = read_number(written.replace("j", "%"))
            return Expression("number", where, number, percent=written.endswith("j"))
        except ValueError:
            raise self.refuse(
                node,
                f'found "{written}"; a number is written with at most 15 '
                "digits before and after the point.",
            ) from None

    def read_Name(self, node: ast.Name) -> Expression:  # noqa: N802
        if node.id in ("true", "false"):
            return Expression("truth", self.place(node), node.id == "true")
        return Expression("name", self.place(node), node.id)

    def read_List(self, node: ast.List) -> Expression:  # noqa: N802
        return Expression("list", self.place(node), "", tuple(map(self.read, node.elts)))

    def read_UnaryOp(self, node: ast.UnaryOp) -> Expression:  # noqa: N802
        kinds = {ast.Not: "not", ast.USub: "negate"}
        if type(node.op) not in kinds:
            raise self.refuse(node, "allowed before a value are - and not alone.")
        return Expression(kinds[type(node.op)], self.place(node), "", (self.read(node.operand),))

    def read_BinOp(self, node: ast.BinOp) -> Expression:  # noqa: N802
        symbol = _OPERATORS.get(type(node.op))
        if symbol is None:
            raise self.refuse(
                node, "allowed between numbers are + - * / alone; a percentage is written 95%."
            )
        return Expression(
            symbol, self.place(node), "", (self.read(node.left), self.read(node.right))
        )

    def read_BoolOp(self, node: ast.BoolOp) -> Expression:  # noqa: N802
        return Expression(
            _OPERATORS[type(node.op)], self.place(node), "", tuple(map(self.read, node.values))
        )

    def read_Compare(self, node: ast.Compare) -> Expression:  # noqa: N802
        operands = list(map(self.read, [node.left, *node.comparators]))
        pairs = []
        for operator, left, right in zip(node.ops, operands, operands[1:], strict=False):
            symbol = _OPERATORS.get(type(operator))
            if symbol is None:
                raise self.refuse(node, "allowed comparisons are == != < <= > >= in, not in.")
            pairs.append(Expression(symbol, left.where, "", (left, right)))
        return (
            pairs[0] if len(pairs) == 1 else Expression("and", self.place(node), "", tuple(pairs))
        )

    def read_IfExp(self, node: ast.IfExp) -> Expression:  # noqa: N802
        return Expression(
            "if",
            self.place(node),
            "",
            (self.read(node.test), self.read(node.body), self.read(node.orelse)),
        )

    def read_Call(self, node: ast.Call) -> Expression:  # noqa: N802
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in FUNCTIONS and node.keywords:
            raise self.refuse(node, f"{name}() takes its values in order, without names.")
        if name not in FUNCTIONS:
            found = ast.get_source_segment(self.source, node.func)
            raise self.refuse(
                node,
                f'"{found}" is no function; allowed are {listed(FUNCTIONS)}.'
                f"{nearest(name, FUNCTIONS)}",
            )
        return Expression("call", self.place(node), name, tuple(map(self.read, node.args)))
