"""Random facts: every type, bounds at their extremes, columns of events."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from fractions import Fraction

from chances import Chances, Plain, written
from ranged import Ranged

FIRST, LAST = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)


@dataclass
class Declared:
    """What a rule set has declared so far, by what it can be used for."""

    period: tuple[datetime.date, datetime.date]
    facts: dict[str, Plain] = field(default_factory=dict)
    measures: dict[str, Plain] = field(default_factory=dict)
    numbers: list[Ranged] = field(default_factory=list)
    truths: list[str] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    dates: dict[str, tuple[datetime.date, datetime.date]] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)
    ratings: list[str] = field(default_factory=list)
    givable: list[str] = field(default_factory=list)

    def add(self, made: tuple[Plain, Ranged | None]) -> str:
        """Declare a fact and return its name."""
        fact, number = made
        name = f"f{len(self.facts)}"
        if "organisation" in fact.get("source", ""):
            fact = {**fact, "source": {"organisation": f"a_{name}"}}
        self.facts[name] = {"label": name, **fact}
        kind = fact["type"]
        if number:
            self.numbers.append(number.named(name))
        elif kind == "choice":
            self.choices[name] = list(fact["options"])
        elif kind == "boolean":
            self.truths.append(name)
        elif kind == "date":
            low, high = fact.get("min", str(FIRST)), fact.get("max", str(LAST))
            days = datetime.date.fromisoformat(low), datetime.date.fromisoformat(high)
            self.dates[name] = days
        else:
            {"events": self.events, "ratings": self.ratings}[kind].append(name)
        self.givable.append(name)
        return name

    def judged(self, fact: Plain) -> str:
        """Declare a fact that holds chosen points; no formula but that of its own rule reads it."""
        name = f"j{len(self.facts)}"
        self.facts[name] = {"label": name, **fact}
        self.givable.append(name)
        return name


def any_fact(
    chances: Chances, kind: str, period: tuple[datetime.date, datetime.date]
) -> tuple[Plain, Ranged | None]:
    """Return a random fact of a type, and its range where it is a number."""
    if kind == "boolean":
        return {"type": kind, **source(chances)}, None
    if kind == "choice":
        return {"type": kind, "options": options(chances), **source(chances)}, None
    if kind == "date":
        return {"type": kind, **_days(chances, period), **source(chances)}, None
    if kind == "events":
        return {"type": kind, "fields": columns(chances), **_most(chances)}, None
    if kind == "ratings":
        keys, number = _number(chances, "decimal", most_whole=100)
        return {**keys, "type": kind}, None
    keys, number = _number(chances, kind)
    return {**keys, **source(chances), **_reason(chances)}, number


def source(chances: Chances) -> Plain:
    """Return where a fact comes from: mostly it is asked, at times it is read off the register."""
    return chances.given(15, source=chances.one(({"organisation": "a"}, {"record": "r"}, "review")))


def _reason(chances: Chances) -> Plain:
    return chances.given(10, reason=chances.one(("required", "none")))


def options(chances: Chances) -> Plain:
    """Return two to four words of a choice."""
    return {word: f"{word}!" for word in ("u", "v", "w", "x")[: chances.whole(2, 4)]}


def _days(chances: Chances, period: tuple[datetime.date, datetime.date]) -> Plain:
    first, last = period
    near = datetime.timedelta(days=chances.one((0, 1, 30, 400, 4_000)))
    return {
        **chances.given(60, min=str(first - near - datetime.timedelta(days=chances.whole(1, 40)))),
        **chances.given(60, max=str(last + near)),
    }


def _most(chances: Chances) -> Plain:
    return chances.given(70, max=str(chances.one((3, 1, 5, 8, 1_000))))


def columns(chances: Chances) -> Plain:
    """Return the columns of an events fact: one of each kind that something reads, at times."""
    kinds = [
        "choice",
        "text",
        *chances.some(("integer", "decimal", "ratio", "boolean", "date", "choice"), 1, 4),
    ]
    made: Plain = {}
    for number, kind in enumerate(kinds):
        column: Plain = {"type": kind}
        if kind == "choice":
            column["options"] = options(chances)
        elif kind in ("integer", "decimal", "ratio"):
            column = _number(chances, kind, most_whole=1_000)[0]
        made[f"c{number}"] = {"label": f"c{number}", **column}
    return made


def _number(
    chances: Chances, kind: str, most_whole: int | None = None
) -> tuple[Plain, Ranged | None]:
    """Return the type, bounds and places of a number, and its range."""
    if kind == "ratio":
        return _ratio(chances)
    tops = (10, 3, 100, 1, 24, 1_000, 60, 10**5, 10**7, 10**9, 10**11)
    high = Fraction(chances.one([each for each in tops if each <= (most_whole or 10**11)]))
    low = Fraction(chances.one((0, 0, 0, 1, -1, -min(int(high), 1_000), int(high) // 2)))
    keys: Plain = {"type": kind}
    places = 0
    if kind == "decimal":
        places = chances.one((2, 2, 0, 1, 4, 6 if high <= 1_000 else 3))
        keys |= {} if places == 2 and chances.maybe(50) else {"places": places}
        high += Fraction(chances.whole(0, 10**places - 1), 10**places)
        low -= Fraction(chances.one((0, 0, 1)), 10**places) if low else 0
    keys |= {} if low == 0 and chances.maybe(70) else {"min": written(low)}
    keys |= {"max": written(high)}
    return keys, Ranged("", low, high, 10**places)


def _ratio(chances: Chances) -> tuple[Plain, Ranged | None]:
    places = chances.one((2, 2, 0, 1, 4))
    low, high = chances.one(((0, 1), (0, 1), (0, 3), (-1, 1), (-1, 10)))
    keys: Plain = {"type": "ratio"}
    keys |= {} if places == 2 and chances.maybe(50) else {"places": places}
    keys |= {} if low == 0 else {"min": f"{low * 100}%"}
    keys |= {} if high == 1 and chances.maybe(60) else {"max": f"{high * 100}%"}
    return keys, Ranged("", Fraction(low), Fraction(high), 10 ** (places + 2), percent=True)
