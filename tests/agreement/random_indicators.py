"""Random indicators: every way in which points follow from facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from chances import Plain, written
from random_formulas import Formulas
from random_parts import any_part, judged_fact
from ranged import Ranged, comparable

_Way = tuple[Plain, bool]
"""A rule, and whether points may fall below 0."""
POLICIES = ("error", "error", "zero", "full", "exempt", "zero", "exempt", "full", "use", "use")


def any_indicator(formulas: Formulas, name: str, earlier: Sequence[str], points: Fraction) -> Plain:
    """Return an indicator; points of an `earlier` one may stand in for its own."""
    chances = formulas.chances
    rule, falls = next(filter(None, (each(formulas, points) for each in chances.mixed(_WAYS))))
    return {
        "id": name,
        "title": name,
        "points": written(points),
        **floor(formulas, points, falls),
        "rule": rule,
        **policy(formulas, earlier),
        **(applicability(formulas, earlier) if chances.maybe(25) else {}),
    }


def floor(formulas: Formulas, points: Fraction, falls: bool) -> Plain:
    """Return the fewest points, where there may be too few or by chance."""
    lowest = formulas.chances.one(
        (Fraction(0), Fraction(0), -points, Fraction(-1, 4), Fraction(0), points / 4)
    )
    text = written(Fraction(int(lowest * 10_000), 10_000))
    return {"floor": text} if falls or formulas.chances.maybe(10) else {}


def policy(formulas: Formulas, earlier: Sequence[str]) -> Plain:
    """Return what happens where a fact is missing."""
    kind = "peers_mean" if formulas.chances.maybe(7) else formulas.chances.one(POLICIES)
    if kind == "use":
        return {"missing": {"use": formulas.chances.one(earlier)}} if earlier else {}
    return {} if kind == "error" and formulas.chances.maybe(80) else {"missing": kind}


def applicability(formulas: Formulas, earlier: Sequence[str]) -> Plain:
    """Return when an indicator applies, and what happens elsewhere."""
    kinds: list[object] = ["exempt", "exempt", "zero", "full"]
    if earlier:
        kinds += [{"use": formulas.chances.one(earlier)}] * 2
    return {"applies_when": formulas.truth(1), "otherwise": formulas.chances.one(kinds)}


def _additive(formulas: Formulas, points: Fraction) -> _Way:
    kind = formulas.chances.one(("deduct", "award", "adjust"))
    count = formulas.chances.one((1, 2, 3))
    parts = [any_part(formulas, points, kind) for _ in range(count)]
    if kind == "adjust":
        parts.append({"when": formulas.truth(0), "points": written(points)})
    return {kind: parts}, kind != "award"


def _steps(formulas: Formulas, points: Fraction) -> tuple[list[str], bool]:
    """Return points of a few steps, and whether any lies below 0."""
    chances = formulas.chances
    made = [points, *(points * chances.whole(-2, 9) / 10 for _ in range(chances.whole(1, 4)))]
    made = [Fraction(int(each * 10_000), 10_000) for each in made]
    return [written(each) for each in chances.mixed(made)], min(made) < 0


def _ladder(formulas: Formulas, points: Fraction) -> _Way | None:
    chances = formulas.chances
    measure = formulas.varying(depth=1, spare=10**6)
    if not measure.varies:
        return None
    values, falls = _steps(formulas, points)
    rungs = []
    for value in values[:-1]:
        threshold = formulas.threshold(measure)
        other = formulas.known()
        if comparable(measure, other) and chances.maybe(15):
            threshold = other
        side = chances.one(("at_least", "above", "at_most", "below"))
        rungs.append({side: _never_a_share_of_whole(measure, threshold), "points": value})
    return {"ladder": {"measure": measure.text, "rungs": rungs, "otherwise": values[-1]}}, falls


def _never_a_share_of_whole(measure: Ranged, threshold: Ranged) -> str:
    return threshold.text if not measure.is_whole else threshold.text.removesuffix("%")


def _options(formulas: Formulas, points: Fraction) -> _Way | None:
    declared = formulas.declared
    facts = [name for name in declared.choices if name in declared.facts]
    if not facts:
        return None
    name = formulas.chances.one(facts)
    values, falls = _steps(formulas, points)
    words = declared.choices[name]
    worth = {word: values[number % len(values)] for number, word in enumerate(words)}
    if written(points) not in worth.values():
        worth[words[0]] = written(points)
    return {"options": {"fact": name, "points": worth}}, falls


def _proportional(formulas: Formulas, points: Fraction) -> _Way | None:
    ends = _ends(formulas)
    if ends is None:
        return None
    keys, may_equal = ends
    equal = written(Fraction(int(points * formulas.chances.whole(0, 4) * 2_500), 10_000))
    if_equal = {"if_equal": equal} if may_equal else formulas.chances.given(10, if_equal=equal)
    return {"proportional": {**keys, **if_equal}}, False


def _ends(formulas: Formulas, both: bool = False) -> tuple[Plain, bool] | None:
    """Return a measure with the values at both ends, and whether the ends may be the same."""
    chances = formulas.chances
    measure = formulas.varying(depth=1, spare=10**10)
    if not measure.varies or not measure.fixed or measure.top > 10**9 or measure.den > 10**4:
        return None
    pool = [
        each
        for each in formulas.declared.numbers
        if each.fixed and each.top <= 10**6 and each.den <= 10**4 and each.text != measure.text
    ]
    low, high = formulas.threshold(measure), formulas.threshold(measure)
    if pool and chances.maybe(25):
        return {
            "measure": measure.text,
            "zero_at": chances.one((low, chances.one(pool))).text,
            "full_at": chances.one(pool).text,
        }, True
    if low.low == high.low:
        return None
    zero = {} if not both and high.low != 0 and chances.maybe(30) else {"zero_at": low.text}
    return {"measure": measure.text, **zero, "full_at": high.text}, False


def _cases(formulas: Formulas, points: Fraction) -> _Way:
    values, falls = _steps(formulas, points)
    first: list[Plain] = [{"when": formulas.truth(1), "points": each} for each in values[:-1]]
    if formulas.chances.maybe(50):
        name, low, high = judged_fact(formulas, points)
        middle = Fraction(int((low + high) * 5_000), 10_000)
        for start, end in formulas.chances.some(((middle, high), (low, middle)), 1, 2):
            case = {"judged": name, "from": written(start), "to": written(end)}
            first.insert(formulas.chances.whole(0, 1), {"when": formulas.truth(1), **case})
    ends = _ends(formulas, both=True) if formulas.chances.maybe(60) else None
    if ends and not ends[1]:
        middle = Fraction(int(points * 5_000), 10_000)
        inner = {**ends[0], "from": written(middle), "to": written(points)}
        first.insert(0, {"when": formulas.truth(1), **inner, "because": "b"})
    return {"cases": {"first": first, "otherwise": values[-1]}}, falls


def _judgement(formulas: Formulas, points: Fraction) -> _Way:
    name, low, _ = judged_fact(formulas, points, signed=True)
    return {"judgement": name}, low < 0


def _formula(formulas: Formulas, points: Fraction) -> _Way | None:
    number = formulas.varying(depth=2, spare=10**6)
    if number.high <= 0 or not number.fits(int(points * 10**6) or 1):
        return None
    text = number.text
    if number.high > points * 4 and formulas.chances.maybe(70):
        text = f"{text} * {written(points)} / {written(number.high)}"
        if not number.fits(10**10) or number.high.denominator > 100:
            return None
    return {"formula": text}, number.low < 0


_WAYS: Sequence[Callable[[Formulas, Fraction], _Way | None]] = (
    _additive,
    _additive,
    _additive,
    _ladder,
    _options,
    _proportional,
    _cases,
    _judgement,
    _formula,
)
