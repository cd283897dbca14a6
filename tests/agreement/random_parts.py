"""Random parts of additive rules: conditions, counts, distances, events, discretion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from chances import Plain, written
from random_formulas import Formulas
from random_measures import DURATIONS, event_condition
from ranged import comparable


def any_part(formulas: Formulas, points: Fraction, kind: str) -> Plain:
    """Return a part of a `deduct`, `award` or `adjust` rule."""
    chances = formulas.chances
    made = chances.one(_WAYS)(formulas, points, kind) or _condition(formulas, points, kind)
    if "when" not in made and "discretion" not in made:
        made |= chances.given(25, when=formulas.truth(1))
    limit = amount(formulas, points, "award") if chances.maybe(25) else None
    return {**made, **({"at_most": limit} if limit else {}), **chances.given(10, because="b")}


def amount(formulas: Formulas, points: Fraction, kind: str) -> str:
    """Return points as they are written; those of `adjust` have a sign."""
    chances = formulas.chances
    most = max(int(points), 1)
    value = chances.points(0, most) or Fraction(1, 10 ** chances.whole(0, 4))
    negative = kind == "adjust" and chances.maybe(40)
    return written(-value if negative else value)


def _single(formulas: Formulas, points: Fraction, kind: str) -> str:
    all_of_it = kind != "adjust" and formulas.chances.maybe(15)
    return "all" if all_of_it else amount(formulas, points, kind)


def _condition(formulas: Formulas, points: Fraction, kind: str) -> Plain:
    return {"when": formulas.truth(), "points": _single(formulas, points, kind)}


def _each(formulas: Formulas, points: Fraction, kind: str) -> Plain | None:
    number = formulas.varying(depth=1, spare=10**8)
    text = number.text
    if number.low > 0:
        text = f"{text} - {written(number.low)}"
    if not number.is_whole:
        text = f"{formulas.chances.one(('floor', 'ceil'))}({text})"
    several = [_single(formulas, points, kind) for _ in range(formulas.chances.whole(1, 3))]
    return {"each": text, "points": several if formulas.chances.maybe(40) else several[0]}


def _per(formulas: Formulas, points: Fraction, kind: str) -> Plain | None:
    chances = formulas.chances
    measure = formulas.varying(depth=1, spare=10**10)
    if not measure.varies or measure.den > 10**4 or measure.top > 10**9:
        return None
    side = chances.one(("below", "above"))
    target = formulas.threshold(measure, above_low=side == "below", below_high=side == "above")
    other = formulas.known(spare=10**10)
    if other.fixed and comparable(other, measure) and other.den <= 10**4 and chances.maybe(20):
        target = other
    size = chances.one(("1", "2", "0.5", "3", "10", "7"))
    every = chances.one(("1%", "0.5%", "3%", "10%")) if measure.percent else size
    divisor = formulas.positive()
    if divisor and divisor.top <= 1_000 and divisor.den <= 100 and chances.maybe(20):
        every = divisor.text
    steps = chances.one(("whole", "started", "pro_rata"))
    per = {"measure": measure.text, side: target.text}
    per |= {"every": every, "steps": steps}
    return {"per": per, "points": _single(formulas, points, kind)}


def _per_event(formulas: Formulas, points: Fraction, kind: str) -> Plain | None:
    chances, declared = formulas.chances, formulas.declared
    if not declared.events:
        return None
    name = chances.one(declared.events)
    fields = declared.facts[name]["fields"]
    by = chances.one([key for key, each in fields.items() if each["type"] == "choice"])
    worth = {word: amount(formulas, points, kind) for word in fields[by]["options"]}
    if chances.maybe(30):
        worth[next(iter(worth))] = "0"
    by_word = chances.maybe(50)
    per_event = {
        "of": name,
        **({"by": by} if by_word else {}),
        **chances.given(30, where=event_condition(formulas, name)),
        **chances.given(40, within=chances.one(DURATIONS)),
        **chances.given(40, once_per=chances.one(list(fields))),
        **chances.given(40, take=chances.one(("highest", "sum"))),
        **chances.given(40, caps=_caps(formulas, points)),
    }
    return {
        "per_event": per_event,
        "points": worth if by_word else _single(formulas, points, kind),
    }


def _caps(formulas: Formulas, points: Fraction) -> Plain:
    chances = formulas.chances
    spans = chances.some(("day", "month", "year"), 1, 3)
    return {each: amount(formulas, points, "award") for each in spans}


def _discretion(formulas: Formulas, points: Fraction, kind: str) -> Plain | None:
    chances = formulas.chances
    name, low, high = judged_fact(formulas, points, signed=kind == "adjust")
    first = chances.one((low, low, Fraction(0) if low <= 0 else low, (low + high) / 2))
    first = Fraction(int(first * 10_000), 10_000)
    discretion = {"fact": name, "from": written(first), "to": written(high)}
    when = chances.given(60, when=formulas.truth(1))
    return {"discretion": discretion, **when}


def judged_fact(
    formulas: Formulas, points: Fraction, signed: bool = False, places_most: int = 4
) -> tuple[str, Fraction, Fraction]:
    """Declare a fact that holds points and needs a reason; return its name and bounds."""
    chances = formulas.chances
    whole = chances.maybe(30) and points >= 1
    places = 0 if whole else chances.one((2, 1, places_most))
    high = Fraction(int(points * 10**places), 10**places) if points >= 1 else points
    places = places if high == Fraction(int(high * 10**places), 10**places) else 4
    low = -high if signed and chances.maybe(50) else Fraction(0)
    fact: Plain = {"type": "integer" if whole else "decimal", "reason": "required"}
    fact |= {} if whole else {"places": str(places)}
    fact |= {"min": written(low)} if low or chances.maybe(20) else {}
    fact |= {"max": written(high)}
    return formulas.declared.judged(fact), low, high


_WAYS: Sequence[Callable[[Formulas, Fraction, str], Plain | None]] = (
    _condition,
    _condition,
    _each,
    _each,
    _per,
    _per_event,
    _per_event,
    _discretion,
)
