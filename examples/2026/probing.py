"""What is good and what is bad about a fact that no table knows: the rule set itself is asked.

An ordinary organisation is scored with one value after the other. The least value that brings the
most points is what the best have, the value that brings the fewest what the worst have.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from believable import Draw, Drawing, any_word, between, chance, graded, rated, spread
from happenings import happening
from scored import usable_facts, with_attributes

from evaluator.scoring.inputs import Organisation
from evaluator.scoring.round import Category
from rules.lowering.values import bounds_of, scale_of
from rules.syntax import Fact

_STEPS = (0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 50, 80, 100)
_COUNTS = (0, 1, 2, 4, 6, 12)
_ORDINARY = 4
"""How many ordinary organisations are tried: an indicator may not apply to all of them."""


def all_draws(category: Category, known: Mapping[str, Draw]) -> dict[str, Draw]:
    """Return how every fact of a rule set is drawn."""
    facts = category.rule_set.facts
    draws = {name: known.get(name) or _neutral(fact) for name, fact in facts.items()}
    for name, fact in facts.items():
        if name not in known and fact.source.kind != "organisation":
            draws[name] = _probed(category, name, fact, draws)
    return draws


def _neutral(fact: Fact) -> Draw:
    """Return how a fact is drawn of which nothing is known yet."""
    if fact.type == "boolean":
        return chance(0.6, 0.6)
    if fact.type == "choice":
        return any_word()
    if fact.type == "events":
        return happening(0, 0)
    if fact.type == "ratings":
        low, high = _ends(fact)
        return rated(7, low + 0.7 * (high - low), low + 0.96 * (high - low))
    if fact.type == "date":
        return lambda drawing, name, asked: drawing.rule_set.period.from_
    low, high = _ends(fact)
    return between(low, min(high, low + 8))


def _ends(fact: Fact) -> tuple[float, float]:
    low, high = (each / scale_of(fact) for each in bounds_of(fact))
    return low, high


def _probed(category: Category, name: str, fact: Fact, draws: Mapping[str, Draw]) -> Draw:
    if fact.type in ("ratings", "date"):
        return draws[name]
    tried = _tried(fact)
    best_totals: list[int] = []
    for number in range(_ORDINARY):
        totals = [_total(category, name, draw, draws, number) for _, draw in tried]
        if not best_totals or max(totals) - min(totals) > max(best_totals) - min(best_totals):
            best_totals = totals
    values = [value for value, _ in tried]
    return _between_found(fact, values, best_totals, draws[name])


def _tried(fact: Fact) -> list[tuple[Any, Draw]]:
    """Return values to try, the smallest first, each with what draws it."""
    if fact.type == "boolean":
        return [(False, chance(-1, -1)), (True, chance(2, 2))]
    if fact.type == "choice":
        return [(word, graded(word)) for word in fact.options]
    if fact.type == "events":
        most = bounds_of(fact)[1]
        return [(count, happening(count, count, every=True)) for count in _COUNTS if count <= most]
    low, high = _ends(fact)
    part = [low + (high - low) * each / 20 for each in range(21)]
    whole = [low + each for each in _STEPS if low + each <= high]
    values = part if fact.type == "ratio" or high - low <= 5 else sorted({*whole, low, high})
    return [(value, spread(value, value)) for value in values]


def _total(
    category: Category, name: str, draw: Draw, draws: Mapping[str, Draw], number: int
) -> int:
    drawing = Drawing(category.rule_set, f"ordinary {number}", 0.75, {**draws, name: draw})
    organisation = Organisation("0", "", category.rule_set.category)
    return usable_facts(category, with_attributes(organisation, drawing), drawing)[1]


def _between_found(fact: Fact, values: list[Any], totals: list[int], neutral: Draw) -> Draw:
    if max(totals) == min(totals):
        return neutral
    if fact.type == "boolean":
        return chance(0.3, 1.1) if totals[1] > totals[0] else chance(0.25, -0.3)
    if fact.type == "choice":
        ordered = sorted(zip(totals, values, strict=True), key=lambda each: -each[0])
        return graded(*(word for _, word in ordered))
    best, worst = values[totals.index(max(totals))], values[_last_of(min(totals), totals)]
    if worst < best:
        worst = max(worst, values[totals.index(min(totals))])
        return _towards(fact, worst, best)
    nearest = values[totals.index(min(totals))]
    return _towards(fact, min(nearest, best + 4), best - 0.6)


def _last_of(total: int, totals: list[int]) -> int:
    return len(totals) - 1 - totals[::-1].index(total)


def _towards(fact: Fact, worst: float, best: float) -> Draw:
    if fact.type == "events":
        return happening(worst, best + 0.4, every=best > worst)
    return spread(worst, best)
