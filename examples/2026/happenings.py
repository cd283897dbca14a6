"""Events as organisations of a given quality have them: how many, when, and what they were."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from believable import Draw, Drawing, Value, number

from rules.lowering.values import bounds_of
from rules.syntax import EventField, Fact, RuleSet


@dataclass(frozen=True)
class Column:
    """How a column of events is drawn: weights of words at worst and at best, texts, numbers."""

    worst: Mapping[str, float] = field(default_factory=dict)
    best: Mapping[str, float] = field(default_factory=dict)
    texts: Sequence[str] = ()
    share_of: str = ""
    low: float = 0
    high: float = 0


def happening(
    worst: float, best: float, every: bool = False, years: int = 1, **columns: Column
) -> Draw:
    """Draw events: so many a year, evenly through the year where they are held regularly."""

    def draw(drawing: Drawing, name: str, fact: Fact) -> Value:
        rng = drawing.rng(name)
        wanted = worst + (best - worst) * drawing.quality_in(name)
        count = round(wanted) if every else int(wanted + rng.random())
        most = bounds_of(fact)[1]
        days = _days(drawing.rule_set, rng, min(count, most), round(max(worst, best)), every, years)
        return [event(drawing, name, fact, number, day, columns) for number, day in enumerate(days)]

    return draw


def _days(
    rule_set: RuleSet, rng: Random, count: int, slots: int, every: bool, years: int
) -> list[datetime.date]:
    """Return days of the period, or of the years up to its end; regular ones one in each slot."""
    last = rule_set.period.to
    length = (last - rule_set.period.from_).days + 1
    if not every:
        return sorted(
            last - datetime.timedelta(days=rng.randrange(length * years)) for _ in range(count)
        )
    held = sorted(rng.sample(range(slots), max(0, min(count, slots))))
    width = length / max(slots, 1)
    return [
        rule_set.period.from_
        + datetime.timedelta(days=int(width * slot + rng.uniform(0.3, 0.9) * width))
        for slot in held
    ]


def event(
    drawing: Drawing,
    name: str,
    fact: Fact,
    place: int,
    day: datetime.date,
    columns: Mapping[str, Column],
) -> dict[str, Value]:
    """Return one event with every column that the fact asks for."""
    drawn: dict[str, Value] = {"date": day}
    for key, each in fact.fields.items():
        rng = drawing.rng(f"{name}/{place}/{key}")
        column = columns.get(key, Column())
        drawn[key] = _column(drawing, f"{name}.{key}", each, column, rng, drawn)
    return drawn


def _column(
    drawing: Drawing,
    name: str,
    asked: EventField,
    column: Column,
    rng: Random,
    drawn: Mapping[str, Value],
) -> Value:
    quality = drawing.quality_in(name)
    if asked.type == "choice":
        weights = [
            column.worst.get(word, 0 if column.worst else 1) * (1 - quality)
            + column.best.get(word, 0 if column.best else 1) * quality
            for word in asked.options
        ]
        return rng.choices(list(asked.options), weights if any(weights) else None)[0]
    if asked.type == "text":
        return rng.choice(column.texts or (f"{asked.label.zh}第{rng.randrange(1, 99)}号",))
    if asked.type == "boolean":
        return rng.random() < quality
    if asked.type == "date":
        return drawn["date"]
    low = column.low + (column.high - column.low) * quality
    whole = (
        float(drawn[column.share_of])
        if column.share_of in drawn
        else (drawing.number(column.share_of) if column.share_of else 0)
    )
    return number(asked, whole * low if column.share_of else low)
