"""Random levels, vetoes, eligibility and quotas."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from chances import Plain, written
from random_formulas import Formulas
from random_measures import groups
from ranged import Ranged

NAMES = ("low", "middle", "high", "top", "peak")
LARGE = ("90%", "50%", "100%", "66.67%", "30%")
SHARES = ("30%", "10%", "50%", "0%", "100%", "33.3%", "5%", "66.67%", "1.5%", "0.25")


def any_levels(
    formulas: Formulas, names: list[str], dimensions: dict[str, Fraction], total: Fraction
) -> Plain:
    """Return levels with bands, gates, direct awards, caps and single steps."""
    chances = formulas.chances
    stars = bool(dimensions) and chances.maybe(15)
    if stars:
        formulas.totals.append(Ranged("stars", Fraction(0), Fraction(len(dimensions))))
    won_at = chances.one(("85%", "50%", "0.6", "100%", "ratio(1, 2, 0)"))
    top = Fraction(len(dimensions)) if stars else total
    bands = _bands(formulas, names, top, stars)
    levels = [
        _level(formulas, name, names, band, dimensions)
        for name, band in zip(names, bands, strict=True)
    ]
    for lower, upper in pairwise(levels):
        lower |= chances.given(10, below=upper["at_least"])
    one_step = chances.maybe(30)
    caps = [
        {"when": formulas.rare(), "at_most": chances.one(names), "because": f"cap {number}"}
        for number in range(chances.one((0, 0, 1, 2)) if names else 0)
    ]
    rounded = chances.one(("unrounded", {"rounded": str(chances.whole(0, 4))}))
    return {
        "measured_on": rounded,
        **({"stars": {"won_at": won_at}} if stars else {}),
        "promotion": "one_step" if one_step else "any",
        **(chances.given(50, skip_when=formulas.rare()) if one_step else {}),
        **({"caps": caps} if caps else {}),
        "from_low_to_high": levels,
    }


def _bands(formulas: Formulas, names: list[str], top: Fraction, stars: bool) -> list[Fraction]:
    chances = formulas.chances
    if stars:
        return [Fraction(number) for number in range(1, len(names) + 1)]
    lowest, highest = chances.one(((0, 3), (0, 8), (1, 5), (2, 6), (3, 8)))
    tenths = sorted(chances.whole(lowest, highest) for _ in names)
    bands = [Fraction(int(top * each * 1_000), 10_000) for each in tenths]
    if bands and chances.maybe(10):
        bands[0] = Fraction(-1)
    return bands


def _level(
    formulas: Formulas,
    name: str,
    names: list[str],
    at_least: Fraction,
    dimensions: dict[str, Fraction],
) -> Plain:
    chances = formulas.chances
    of: Plain = {}
    if dimensions and chances.maybe(10):
        chosen = chances.one(list(dimensions))
        of = {"of": chosen}
        at_least = Fraction(int(dimensions[chosen] * chances.whole(2, 8) * 1_000), 10_000)
    gates = [_gate(formulas, names) for _ in range(chances.one((0, 0, 0, 1, 2)))]
    direct = [
        {"when": formulas.rare(), "because": f"direct {name} {number}"}
        for number in range(chances.one((0, 0, 0, 1, 2)))
    ]
    return {
        "id": name,
        "title": {"zh": name, "en": f"{name} level"},
        "at_least": written(at_least),
        **of,
        **({"gates": gates} if gates else {}),
        **({"direct": direct} if direct else {}),
    }


def _gate(formulas: Formulas, names: list[str]) -> Plain:
    chances = formulas.chances
    held = {"level": chances.one(names), **chances.given(70, years=str(chances.whole(0, 3)))}
    every = chances.one(("30%", "0.5", "10%", "70%", "ratio(1, 3, 0)"))
    return chances.one(({"require": formulas.usual()}, {"every_dimension": every}, {"held": held}))


def vetoes(formulas: Formulas, names: list[str]) -> list[Plain]:
    """Return vetoes with every effect."""
    chances = formulas.chances
    made = []
    for number in range(chances.one((0, 1, 0, 2, 3))):
        effects: list[object] = [
            "no_level",
            "lowest_level",
            "no_promotion",
            "clear_to_zero",
            {"down": str(chances.whole(1, 3))},
        ]
        effects += [{"at_most": chances.one(names)}] if names else []
        when = formulas.rare() if chances.maybe(80) else formulas.truth(1)
        made.append(
            {
                "id": f"v{number}",
                "title": f"v{number}",
                "when": when,
                "effect": chances.one(effects),
            }
        )
    return made


def eligibility(formulas: Formulas) -> list[Plain]:
    """Return conditions for being rated."""
    chances = formulas.chances
    return [
        {
            "require": formulas.usual(),
            "otherwise": chances.one(("not_rated", "no_level")),
            "because": f"unfit {number}",
        }
        for number in range(chances.one((0, 0, 1, 2, 3)))
    ]


def quotas(formulas: Formulas, names: list[str]) -> list[Plain]:
    """Return limits on the number of organisations of a level."""
    count = formulas.chances.one((1, 0, 2, 3, 4)) if names else 0
    return [_quota(formulas, f"q{number}", names) for number in range(count)]


def _quota(formulas: Formulas, name: str, names: list[str]) -> Plain:
    chances = formulas.chances
    share = chances.maybe(60)
    size = {"share": chances.one(SHARES)} if share else {"number": str(chances.whole(0, 5))}
    counts = ("this_level", "and_above", "and_below")
    breakers = [formulas.number(1).text for _ in range(chances.one((0, 1, 1, 2, 3)))]
    kind = chances.one(("at_most", "at_least", "at_most", "target"))
    if kind == "at_least":
        size = {"share": chances.one(LARGE)} if share else {"number": str(chances.whole(1, 40))}
    return {
        "id": name,
        "level": chances.one(names[:2] if kind == "at_least" else names),
        "kind": kind,
        **chances.given(40, counts=chances.one(counts)),
        **chances.given(50, direct_awards=chances.one(("counted", "beside"))),
        **size,
        **chances.given(90 if share else 20, of=chances.one(("rated", "applied", "all"))),
        **chances.given(50, among=chances.one(groups(formulas))),
        **chances.given(90 if share else 20, rounding=chances.one(("down", "up", "half_up"))),
        **chances.given(90, ties=chances.one(("exclude", "include"))),
        **({"tie_break": breakers} if breakers else {}),
    }
