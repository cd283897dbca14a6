"""Random measures: formulas, events counted in every way, ratings, and the group compared."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from fractions import Fraction

import ranged
from chances import Plain
from declared_facts import Declared
from random_formulas import Formulas
from ranged import Ranged

from rules.lowering.measures import MOST_ORGANISATIONS
from rules.lowering.values import MOST_EVENTS

DURATIONS = ("1 day", "10 days", "1 month", "6 months", "1 year", "2 years", "5 years", "3 days")
OFTEN = 8
"""So many events, or so high a rank, are met: thresholds lie below it, bounds lie above."""
_Measure = tuple[Plain, Ranged | str | None]
"""A measure, and what it is: a number with its range, the kind of another value, or refused."""


def any_measure(formulas: Formulas) -> str | None:
    """Declare a random measure and return its name; None where there is nothing to measure."""
    declared = formulas.declared
    made = formulas.chances.one(_WAYS)(formulas)
    if made is None:
        return None
    keys, value = made
    name = f"m{len(declared.measures)}"
    declared.measures[name] = {"label": name, **keys}
    if isinstance(value, Ranged):
        declared.numbers.append(value.named(name))
    elif value == "truth":
        declared.truths.append(name)
    elif value in declared.choices:
        declared.choices[name] = declared.choices[value]
    return name


def _formula(formulas: Formulas) -> _Measure | None:
    chances = formulas.chances
    if chances.maybe(20):
        return {"formula": formulas.truth()}, "truth"
    if formulas.declared.choices and chances.maybe(10):
        name = chances.one(list(formulas.declared.choices))
        return {"formula": name}, name
    number = formulas.varying(depth=2, spare=10**5)
    return {"formula": number.text, **chances.given(20, percent=chances.maybe(80))}, number


def choice_of(formulas: Formulas, name: str) -> Plain:
    """Return which events are looked at."""
    return formulas.chances.given(40, where=event_condition(formulas, name))


def _columns(formulas: Formulas, name: str, *types: str) -> list[str]:
    fields = formulas.declared.facts[name]["fields"]
    return [key for key, each in fields.items() if each["type"] in types]


def event_condition(formulas: Formulas, name: str) -> str:
    """Return a condition on the columns of an event and its date."""
    fields, first = formulas.declared.facts[name]["fields"], formulas.declared.period[0]
    inner = Declared(formulas.declared.period)
    for key, column in fields.items():
        if column["type"] == "choice":
            inner.choices[key] = list(column["options"])
        elif column["type"] == "boolean":
            inner.truths.append(key)
        elif column["type"] == "integer":
            bounds = Fraction(column.get("min", "0")), Fraction(column["max"])
            inner.numbers.append(Ranged(key, *bounds))
    inner.dates["date"] = (first - datetime.timedelta(days=400), first + datetime.timedelta(365))
    known = Formulas(formulas.chances, inner)
    while "period_" in (text := known.truth(1)) or "given" in text:
        pass
    return text


def _filter(formulas: Formulas, name: str) -> Plain:
    chances = formulas.chances
    return {
        "events": name,
        **choice_of(formulas, name),
        **chances.given(40, within=chances.one(DURATIONS)),
        **chances.given(30, until=chances.one(("any_time", "period_end"))),
        **chances.given(40, once_per=chances.one(list(formulas.declared.facts[name]["fields"]))),
    }


def _events(formulas: Formulas) -> str:
    return formulas.chances.one(formulas.declared.events) if formulas.declared.events else ""


def most_of(formulas: Formulas, name: str) -> int:
    """Return how many events a fact may hold."""
    return int(formulas.declared.facts[name].get("max", MOST_EVENTS))


def _count(formulas: Formulas) -> _Measure | None:
    name = _events(formulas)
    if not name:
        return None
    most = most_of(formulas, name)
    number = Ranged("", Fraction(0), Fraction(min(most, OFTEN)), top_known=most)
    return {"count": _filter(formulas, name)}, number


def _sum(formulas: Formulas) -> _Measure | None:
    name = _events(formulas)
    fields = _columns(formulas, name, "integer", "decimal", "ratio") if name else []
    if not fields:
        return None
    column = formulas.chances.one(fields)
    low, high, den = column_bounds(formulas.declared.facts[name]["fields"][column])
    most = most_of(formulas, name)
    bounds = min(low, Fraction(0)) * min(most, OFTEN), max(high, Fraction(0)) * min(most, OFTEN)
    top = int(max(abs(low), abs(high)) * den) * most
    return {"sum": {**_filter(formulas, name), "field": column}}, Ranged(
        "", *bounds, den, top_known=top
    )


def column_bounds(column: Plain) -> tuple[Fraction, Fraction, int]:
    """Return the bounds of a number as declared, and its denominator."""
    ratio = column["type"] == "ratio"
    places = column.get("places", 0 if column["type"] == "integer" else 2) + (2 if ratio else 0)
    low, high = column.get("min", "0"), column.get("max", "100%")
    unit = 100 if ratio else 1
    bounds = [Fraction(each.rstrip("%")) / unit for each in (low, high)]
    return bounds[0], bounds[1], 10**places


def _missed(formulas: Formulas) -> _Measure | None:
    name, chances = _events(formulas), formulas.chances
    if not name:
        return None
    every = chances.one(("month", "quarter", "half_year", "year", "period", "term"))
    at_least = chances.whole(1, 3)
    terms = _terms(formulas) if every == "term" else []
    first, last = formulas.declared.period
    years = last.year - first.year + 1
    of_year = {"month": 12, "quarter": 4, "half_year": 2, "year": 1}
    periods = len(terms) or (1 if every == "period" else years * of_year[every])
    keys = {
        "events": name,
        **choice_of(formulas, name),
        "every": every,
        **({"terms": terms} if terms else {}),
        **chances.given(50, at_least=str(at_least)),
        **chances.given(50, tolerance=chances.one(DURATIONS[:5])),
    }
    most = periods * int(keys.get("at_least", "1"))
    return {"missed": keys}, Ranged("", Fraction(0), Fraction(most))


def _terms(formulas: Formulas) -> list[Plain]:
    begin, terms = formulas.declared.period[0], []
    for _ in range(formulas.chances.whole(1, 3)):
        end = begin + datetime.timedelta(days=formulas.chances.whole(0, 120))
        terms.append({"from": str(begin), "to": str(end)})
        begin = end + datetime.timedelta(days=formulas.chances.whole(1, 30))
    return terms


def _gap(formulas: Formulas) -> _Measure | None:
    name = _events(formulas)
    first, last = formulas.declared.period
    days = Fraction(max((last - first).days + 1, 1))
    keys = {"longest_gap": {"events": name, **choice_of(formulas, name)}} if name else {}
    return (keys, Ranged("", Fraction(0), days)) if name else None


def _mean(formulas: Formulas) -> _Measure | None:
    chances = formulas.chances
    if not formulas.declared.ratings:
        return None
    name = chances.one(formulas.declared.ratings)
    highest, lowest = chances.whole(0, 2), chances.whole(0, 2)
    keys = {
        "ratings": name,
        **({"drop_highest": str(highest)} if highest else {}),
        **({"drop_lowest": str(lowest)} if lowest else {}),
        **({"at_least": str(highest + lowest + chances.whole(1, 2))} if highest + lowest else {}),
    }
    fact = formulas.declared.facts[name]
    low, high, den = column_bounds({**fact, "type": "decimal"})
    top = int(max(abs(low), abs(high)) * den) * MOST_EVENTS
    bounds = min(low, Fraction(0)), max(high, Fraction(0))
    number = Ranged("", *bounds, den * MOST_EVENTS, fixed=False, top_known=top)
    return {"mean": keys, **chances.given(10, percent=True)}, number


def groups(formulas: Formulas) -> list[str]:
    """Return by what organisations may be grouped."""
    facts = formulas.declared.facts
    return [
        "category",
        "committee",
        *(key for key, each in facts.items() if each["type"] == "choice"),
    ]


def _of_group(formulas: Formulas) -> _Measure | None:
    chances = formulas.chances
    of = formulas.varying(depth=1, spare=4)
    if not of.fixed:
        return None
    way = chances.one(("rank", "rank", "highest", "lowest", "group_mean"))
    keys: Plain = {"of": of.text, "among": chances.one(groups(formulas))}
    if way == "rank":
        keys |= {"best": chances.one(("highest", "lowest"))}
        keys |= {"ties": chances.one(("best_rank", "worst_rank"))}
        number = Ranged("", Fraction(1), Fraction(OFTEN), top_known=MOST_ORGANISATIONS)
        return {way: keys}, number
    if way != "group_mean":
        return {way: keys}, of
    if of.top * MOST_ORGANISATIONS > ranged.MOST:
        return None
    bounds = min(of.low, Fraction(0)), max(of.high, Fraction(0))
    top, den = of.top * MOST_ORGANISATIONS, of.den * MOST_ORGANISATIONS
    return {way: keys}, Ranged("", *bounds, den, fixed=False, top_known=top)


_WAYS: Sequence[Callable[[Formulas], _Measure | None]] = (
    _formula,
    _formula,
    _count,
    _sum,
    _missed,
    _missed,
    _gap,
    _mean,
    _of_group,
)
