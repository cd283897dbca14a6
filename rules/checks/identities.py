"""Names that stand twice, or that no formula could read."""

from __future__ import annotations

import keyword
import unicodedata
from collections.abc import Iterable, Iterator

from rules.checks.subject import Subject
from rules.formula import FUNCTIONS
from rules.problems import Position, Problem, listed
from rules.syntax import RuleSet

TOTALS = ("base", "total", "stars", "period_start", "period_end")
"""Names that formulas know without a declaration."""

KEYWORDS = (
    *("and", "or", "not", "in", "if", "else", "true", "false"),
    "and the other keywords of Python",
)
"""Words that a formula reads as something else than a name."""

NO_LEVEL = ("none", "unrated")
"""Words that stand for no level at all."""

Named = tuple[str, str, Position]
"""What something is, its name, and where it stands."""


def duplicates(subject: Subject) -> Iterator[Problem]:
    """Yield names that stand twice where one alone may stand."""
    rule_set = subject.rule_set
    yield from _twice(_readable(rule_set))
    yield from _twice(
        [
            *(("indicator", each.id, each.where) for each in subject.indicators),
            *(("veto", each.id, each.where) for each in rule_set.vetoes),
        ]
    )
    yield from _twice(("level", each.id, each.where) for each in rule_set.levels.from_low_to_high)
    yield from _twice(("quota", each.id, each.where) for each in rule_set.quotas)


def _readable(rule_set: RuleSet) -> list[Named]:
    """Return everything that a formula may name: it shares one set of names."""
    return [
        *(("fact", name, fact.where) for name, fact in rule_set.facts.items()),
        *(("measure", name, each.where) for name, each in rule_set.measures.items()),
        *(("dimension", each.id, each.where) for each in rule_set.dimensions),
        *(("block", each.id, each.where) for each in rule_set.blocks),
    ]


def _twice(named: Iterable[Named]) -> Iterator[Problem]:
    first: dict[str, tuple[str, Position]] = {}
    for kind, name, where in named:
        if name in first:
            other, place = first[name]
            yield Problem(
                where,
                "duplicate-id",
                f'the {kind} "{name}" has the name of the {other} on line {place.line}; '
                "each name may stand once. Rename one of them.",
            )
        first.setdefault(name, (kind, where))


def unusable_names(subject: Subject) -> Iterator[Problem]:
    """Yield names that mean something else already, or that a formula would read differently."""
    for kind, name, where in _readable(subject.rule_set):
        if name in TOTALS or name in FUNCTIONS:
            yield _taken(kind, name, where, (*TOTALS, *FUNCTIONS))
        else:
            yield from _unreadable(kind, name, where)
    for fact in subject.rule_set.facts.values():
        for column, field in fact.fields.items():
            yield from _unreadable("column", column, field.where)
    for level in subject.rule_set.levels.from_low_to_high:
        if level.id in NO_LEVEL:
            yield _taken("level", level.id, level.where, NO_LEVEL)


def _unreadable(kind: str, name: str, where: Position) -> Iterator[Problem]:
    """Yield a name that the parser of formulas takes for something else."""
    plain = unicodedata.normalize("NFKC", name)
    if keyword.iskeyword(name) or name in ("true", "false"):
        yield _taken(kind, name, where, KEYWORDS)
    elif plain != name:
        yield Problem(
            where,
            "reserved-name",
            f'the {kind} "{name}" holds full-width or '
            f'joined letters, which formulas read as "{plain}". Name it "{plain}".',
        )


def _taken(kind: str, name: str, where: Position, taken: Iterable[str]) -> Problem:
    return Problem(
        where,
        "reserved-name",
        f'the {kind} "{name}" has a name that means something '
        f"else; taken are {listed(taken)}. Choose another name.",
    )
