"""Explaining one organisation after the other, with the whole trace, against zen-engine.

Both sides score the same 57 indicators of all kinds from the same raw facts and give the same
total for each organisation (checked before the clock starts). Ours starts from raw facts, so that
validation is counted: types, bounds, missing values. Its trace is every part, step, indicator,
dimension, gate and band as an exact number. The peer is a decision graph whose 57 rules and total
are one expression node, which is its fastest form (a node for each indicator was slower), with
`trace` on. The last row adds what the peer does not have: the reason of every indicator as a
sentence in Chinese and English, with the facts it rests on and what the next level still needs.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml
import zen

from benchmarks.measuring import Measured, interleaved
from evaluator.scoring.explain import Scorer
from evaluator.scoring.inputs import Organisation
from evaluator.scoring.levels import LevelRules
from evaluator.scoring.report import report
from rules.describe.words import Labels
from rules.loader import load_text
from rules.numbers import decimal_text

OURS, PEER, SENTENCES = 4_000, 400, 60
SEED = 2026
TARGET = 20_000.0
PAGES, PAGES_NAME = 100.0, "limit: a district of 2,400 in 24 s"

Facts = dict[str, Any]


@dataclass(frozen=True)
class Rule:
    """One indicator in both languages, and how its facts are drawn."""

    indicator: dict[str, Any]
    facts: dict[str, dict[str, Any]]
    expression: str
    draw: Callable[[random.Random], Facts]


def _number(most: int, kind: str = "integer") -> dict[str, Any]:
    return {"label": "数", "type": kind, "max": str(most)}


def _deduct(n: int) -> Rule:
    a, b = f"late_{n}", f"incomplete_{n}"
    parts = [{"when": a, "points": "2"}, {"when": b, "points": "1.5"}]
    return Rule(
        {"points": "4", "rule": {"deduct": parts}},
        {a: {"label": "迟", "type": "boolean"}, b: {"label": "缺", "type": "boolean"}},
        f"4 - ({a} ? 2 : 0) - ({b} ? 1.5 : 0)",
        lambda rng: {a: rng.random() < 0.3, b: rng.random() < 0.2},
    )


def _missed(n: int) -> Rule:
    a = f"meetings_{n}"
    part = {"each": f"12 - {a}", "points": "0.5"}
    return Rule(
        {"points": "5", "floor": "0", "rule": {"deduct": [part]}},
        {a: _number(40)},
        f"max([5 - max([12 - {a}, 0]) * 0.5, 0])",
        lambda rng: {a: rng.randint(0, 15)},
    )


def _ladder(n: int) -> Rule:
    a = f"cover_{n}"
    rungs = [
        {"at_least": "95", "points": "1"},
        {"at_least": "90", "points": "0.5"},
        {"below": "80", "points": "-1"},
    ]
    return Rule(
        {
            "points": "1",
            "floor": "-1",
            "rule": {"ladder": {"measure": a, "rungs": rungs, "otherwise": "0"}},
        },
        {a: _number(100)},
        f"{a} >= 95 ? 1 : ({a} >= 90 ? 0.5 : ({a} < 80 ? -1 : 0))",
        lambda rng: {a: rng.randint(70, 100)},
    )


def _options(n: int) -> Rule:
    a = f"word_{n}"
    words = {"good": "4", "fair": "3", "average": "2", "poor": "0"}
    return Rule(
        {"points": "4", "rule": {"options": {"fact": a, "points": words}}},
        {a: {"label": "评", "type": "choice", "options": {word: word for word in words}}},
        f'{a} == "good" ? 4 : ({a} == "fair" ? 3 : ({a} == "average" ? 2 : 0))',
        lambda rng: {a: rng.choice(list(words))},
    )


def _per(n: int) -> Rule:
    a = f"age_{n}"
    part = {"per": {"measure": a, "above": "48", "every": "1", "steps": "whole"}, "points": "0.3"}
    return Rule(
        {"points": "3", "floor": "0", "rule": {"deduct": [part]}},
        {a: _number(100)},
        f"max([3 - max([{a} - 48, 0]) * 0.3, 0])",
        lambda rng: {a: rng.randint(30, 65)},
    )


def _proportional(n: int) -> Rule:
    a = f"done_{n}"
    return Rule(
        {"points": "2", "rule": {"proportional": {"measure": a, "full_at": "100"}}},
        {a: _number(200)},
        f"min([{a} * 2 / 100, 2])",
        lambda rng: {a: rng.randint(0, 120)},
    )


def _cases(n: int) -> Rule:
    a, b = f"income_{n}", f"growth_{n}"
    first = [
        {"when": f"{a} >= 5500 or {b} > 17", "points": "2.5"},
        {"when": f"{a} >= 4500 or {b} > 15", "points": "2"},
        {"when": f"{a} >= 2300 or {b} > 13", "points": "1.5"},
    ]
    return Rule(
        {"points": "2.5", "rule": {"cases": {"first": first, "otherwise": "0.5"}}},
        {a: _number(99_999), b: _number(99)},
        f"{a} >= 5500 or {b} > 17 ? 2.5 : ({a} >= 4500 or {b} > 15 ? 2 : "
        f"({a} >= 2300 or {b} > 13 ? 1.5 : 0.5))",
        lambda rng: {a: rng.randint(1000, 7000), b: rng.randint(0, 20)},
    )


_KINDS = [
    (_deduct, 12),
    (_missed, 12),
    (_ladder, 9),
    (_options, 8),
    (_per, 6),
    (_proportional, 5),
    (_cases, 5),
]


def rules() -> list[Rule]:
    """Return 57 rules of all kinds."""
    return [kind(number) for kind, count in _KINDS for number in range(count)]


def rule_set_text(each: list[Rule]) -> str:
    """Return our side as YAML."""
    total = sum(float(rule.indicator["points"]) for rule in each)
    indicators = [
        {"id": f"i{number}", "title": f"指标{number}", **rule.indicator}
        for number, rule in enumerate(each)
    ]
    return str(
        yaml.safe_dump(
            {
                "rule_set": "bench",
                "category": "bench",
                "version": "1",
                "title": "基准",
                "period": {"from": "2026-01-01", "to": "2026-12-31"},
                "organisations": {"part_year": "in_full", "merged": "mean"},
                "scale": {"total": f"{total:g}"},
                "facts": {name: fact for rule in each for name, fact in rule.facts.items()},
                "dimensions": [
                    {"id": "all", "title": "全部", "points": f"{total:g}", "indicators": indicators}
                ],
                "levels": {
                    "measured_on": "unrounded",
                    "promotion": "any",
                    "from_low_to_high": [
                        {"id": "three_star", "title": "三星", "at_least": "100"},
                        {"id": "four_star", "title": "四星", "at_least": "130"},
                        {
                            "id": "five_star",
                            "title": "五星",
                            "at_least": "150",
                            "gates": [{"every_dimension": "60%"}],
                        },
                    ],
                },
            },
            allow_unicode=True,
        )
    )


def decision_graph(each: list[Rule]) -> str:
    """Return the peer's side as a decision graph of one expression node."""
    expressions = [
        {"id": f"e{n}", "key": f"i{n}", "value": rule.expression} for n, rule in enumerate(each)
    ]
    total = " + ".join(f"$.i{n}" for n in range(len(each)))
    expressions.append({"id": "total", "key": "total", "value": total})
    place = {"x": 0, "y": 0}
    return json.dumps(
        {
            "contentType": "application/vnd.gorules.decision",
            "nodes": [
                {"id": "in", "type": "inputNode", "name": "in", "position": place},
                {
                    "id": "all",
                    "type": "expressionNode",
                    "name": "all",
                    "position": place,
                    "content": {"expressions": expressions},
                },
                {"id": "out", "type": "outputNode", "name": "out", "position": place},
            ],
            "edges": [
                {"id": "1", "sourceId": "in", "targetId": "all", "type": "edge"},
                {"id": "2", "sourceId": "all", "targetId": "out", "type": "edge"},
            ],
        }
    )


def organisations(each: list[Rule], count: int) -> Iterator[Facts]:
    """Yield the raw facts of so many organisations, the same ones each time."""
    rng = random.Random(SEED)  # noqa: S311 - repeatable, not secret
    for _ in range(count):
        yield {name: value for rule in each for name, value in rule.draw(rng).items()}


def measure() -> list[dict[str, Any]]:
    """Return the rows of this benchmark."""
    each = rules()
    facts = list(organisations(each, OURS))
    rule_set = load_text(rule_set_text(each))
    scorer, levels = Scorer(rule_set), LevelRules(Labels(rule_set))
    decision = zen.ZenEngine().create_decision(decision_graph(each))
    who = Organisation("1", "组织")

    def ours() -> int:
        for raw in facts:
            levels.decide(scorer.explain(scorer.read(who, raw)))
        return len(facts)

    def peer() -> int:
        for raw in facts[:PEER]:
            decision.evaluate(raw, {"trace": True})
        return PEER

    def sentences() -> int:
        for raw in facts[:SENTENCES]:
            assessment = scorer.explain(scorer.read(who, raw))
            report(assessment, levels.decide(assessment), levels)
        return SENTENCES

    for raw in facts[:PEER]:
        total = decimal_text(scorer.explain(scorer.read(who, raw)).total)
        assert total == f"{decision.evaluate(raw)['result']['total']:.2f}"
    fast, slow, told = interleaved(ours, peer, sentences)
    unit, zen_name = "organisations/CPU s", "zen-engine, decision graph with trace"
    name = "explain with the full trace, 57 indicators, from raw facts"
    return [
        Measured(name, fast, slow, zen_name, unit, fast / slow, 8.0).as_json(),
        Measured(name, fast, TARGET, "target of 20,000/s", unit, fast / TARGET, 1.0).as_json(),
        Measured(
            "the same with sentences, zh and en", told, PAGES, PAGES_NAME, unit, told / PAGES, 1.0
        ).as_json(),
    ]
