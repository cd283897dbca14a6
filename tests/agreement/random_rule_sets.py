"""Random rule sets of the whole language, as YAML that the loader reads."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from random import Random

import yaml
from chances import Chances, Plain, written
from declared_facts import Declared, any_fact
from random_dimensions import Base
from random_formulas import Formulas
from random_levels import NAMES, any_levels, eligibility, quotas, vetoes
from random_measures import any_measure
from ranged import Ranged

from evaluator.scoring.round import Category
from rules.loader import load_text
from rules.problems import RuleErrors

KINDS = (
    "integer",
    "decimal",
    "ratio",
    "boolean",
    "choice",
    "date",
    "events",
    "ratings",
    "events",
    "choice",
)
PERIODS = (
    ("2026-01-01", "2026-12-31"),
    ("2026-01-01", "2026-12-31"),
    ("2025-08-31", "2026-02-27"),
    ("2024-01-01", "2025-12-31"),
    ("2026-04-01", "2026-06-30"),
    ("2024-02-29", "2024-02-29"),
)


def seeded(seed: int) -> Random:
    """Return a source of random numbers that a seed brings back."""
    return Random(seed)  # noqa: S311 - nothing here is a secret


def rule_set_text(random: Random) -> str:
    """Return a rule set that is well formed, and that the language mostly accepts."""
    return yaml.dump(
        _rule_set(Chances(random)),
        Dumper=yaml.CSafeDumper,
        allow_unicode=True,
        sort_keys=False,
        width=10_000,
    )


def tried(random: Random) -> Iterator[tuple[str, Category | None]]:
    """Yield rule sets without end; None stands for those that the language refuses."""
    while True:
        text = rule_set_text(random)
        try:
            yield text, Category(load_text(text))
        except RuleErrors:
            yield text, None


def accepted(random: Random) -> tuple[str, Category]:
    """Return the first rule set that the language accepts, as text and made ready."""
    return next((text, category) for text, category in tried(random) if category)


def _rule_set(chances: Chances) -> Plain:
    first, last = map(datetime.date.fromisoformat, chances.one(PERIODS))
    declared = _declared(chances, (first, last))
    formulas = Formulas(chances, declared)
    names = list(NAMES[: chances.one((3, 2, 1, 4, 5, 0))])
    base = Base(formulas)
    base.add_dimensions()
    base.add_blocks()
    fallen = vetoes(formulas, names)
    once = base.count_once(fallen)
    total = base.total
    composition = _composition(base) if chances.maybe(30) else ""
    later = Formulas(chances, declared, _totals(base))
    entries = eligibility(later if chances.maybe(30) else formulas)
    levels = any_levels(later, names, base.sizes, total)
    limits = quotas(later, names)
    optional = {
        "measures": declared.measures,
        "dimensions": base.dimensions,
        "blocks": base.blocks,
        "composition": composition,
        "count_once": once,
        "eligibility": entries,
        "vetoes": fallen,
        "levels": levels,
        "quotas": limits,
    }
    return {
        "rule_set": "random",
        "category": "demo",
        "version": "1",
        "title": "random",
        "period": {"from": str(first), "to": str(last)},
        "scale": _scale(chances, total),
        "organisations": _organisations(declared, chances),
        "facts": declared.facts,
        **{key: value for key, value in optional.items() if value},
    }


def _declared(chances: Chances, period: tuple[datetime.date, datetime.date]) -> Declared:
    """Declare facts, then measures that may read one another."""
    declared = Declared(period)
    kinds = [chances.one(KINDS) for _ in range(chances.one((5, 3, 6, 8, 10, 2)))]
    for kind in ("integer", *kinds):
        declared.add(any_fact(chances, kind, period))
    for _ in range(chances.one((3, 1, 2, 4, 6, 8))):
        any_measure(Formulas(chances, declared))
    return declared


def _totals(base: Base) -> list[Ranged]:
    """Return the numbers that exist once indicators are worked out.

    They may lie beyond these bounds, between which thresholds make sense.
    """
    known = {**base.sizes, **base.caps, "base": base.total, "total": base.total}
    return [
        Ranged(name, high * 3 / 10, high * 6 / 10, 100, top_known=int(high * 10**11))
        for name, high in known.items()
    ]


def _scale(chances: Chances, total: Fraction) -> Plain:
    ceiling = Fraction(int(total * chances.one((10, 9, 5, 11)) * 1_000), 10_000)
    return {
        "total": written(Fraction(int(total * 10_000), 10_000)),
        **chances.given(30, ceiling=written(ceiling)),
        **chances.given(60, places=str(chances.whole(0, 4))),
    }


def _organisations(declared: Declared, chances: Chances) -> Plain:
    dates = [name for name in declared.dates if name in declared.facts]
    merged = {"merged": chances.one(("mean", "highest", "lead_organisation"))}
    if not dates:
        return {"part_year": "in_full", **merged}
    part_year = chances.one(("in_full", "not_rated", "pro_rata"))
    founded = (
        {} if part_year == "in_full" and chances.maybe(50) else {"founded": chances.one(dates)}
    )
    return {"part_year": part_year, **founded, **merged}


def _composition(base: Base) -> str:
    """Return how the total follows from its parts."""
    chances = base.formulas.chances
    signs = {"bonus": "+", "deduction": "-"}
    text = "base" + "".join(f" {signs[each['kind']]} {each['id']}" for each in base.blocks)
    small = [
        each
        for each in base.formulas.declared.numbers
        if each.fixed and each.top * each.den < 10**8
    ]
    ways = [f"min({text}, {written(base.total)})", f"({text}) * 70%", f"max({text}, base / 2)"]
    if small:
        ways += [f"({text}) * 70% + {chances.one(small).text} * 30%"]
    ways += [f"{text} if {base.formulas.truth(1)} else base * 50%"]
    sure = [each["id"] for each in base.dimensions if _surely_there(each)]
    ways += [f"{text} + {chances.one(sure)}"] if sure else []
    return chances.one(ways)


def _surely_there(dimension: Plain) -> bool:
    """Return whether a dimension is there for every organisation, and nothing in it exempt."""
    words = str(dimension["indicators"])
    return "applies_when" not in dimension and "exempt" not in words and "'use'" not in words
