"""Our side: the 57 indicators, the levels and the quota as one rule set in YAML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import yaml

from benchmarks.nation.facts import FACTS
from benchmarks.nation.lines import (
    DIMENSIONS,
    GATE_FACT,
    KINDS,
    LEVELS,
    LINES,
    QUOTA_PERCENT,
    TIE_BREAK,
    VETO,
    Level,
    points_of,
)

Keys = dict[str, Any]


def _deduct(late: str, incomplete: str) -> Keys:
    parts = [{"when": late, "points": "2"}, {"when": incomplete, "points": "1.5"}]
    return {"rule": {"deduct": parts}}


def _missed(meetings: str) -> Keys:
    return {"floor": "0", "rule": {"deduct": [{"each": f"12 - {meetings}", "points": "0.5"}]}}


def _ladder(cover: str) -> Keys:
    rungs = [
        {"at_least": "95", "points": "1"},
        {"at_least": "90", "points": "0.5"},
        {"below": "80", "points": "-1"},
    ]
    return {"floor": "-1", "rule": {"ladder": {"measure": cover, "rungs": rungs, "otherwise": "0"}}}


def _share(attended: str, expected: str) -> Keys:
    measure = f"ratio({attended}, {expected}, 0)"
    return {"rule": {"proportional": {"measure": measure, "full_at": "90%"}}}


def _capped(meetings: str, cover: str) -> Keys:
    extra = {"each": f"{meetings} - 12", "points": "0.5", "at_most": "1"}
    return {"rule": {"award": [extra, {"when": f"{cover} >= 98", "points": "1"}]}}


def _once(site: str, account: str) -> Keys:
    return {"rule": {"award": [{"when": f"{site} or {account}", "points": "1"}]}}


def _options(word: str) -> Keys:
    points = {"good": "4", "fair": "3", "average": "2", "poor": "0"}
    return {"rule": {"options": {"fact": word, "points": points}}}


def _per(age: str) -> Keys:
    per = {"measure": age, "above": "48", "every": "1", "steps": "whole"}
    return {"floor": "0", "rule": {"deduct": [{"per": per, "points": "0.3"}]}}


def _proportional(done: str) -> Keys:
    return {"rule": {"proportional": {"measure": done, "full_at": "120"}}}


def _cases(income: str, growth: str) -> Keys:
    first = [
        {"when": f"{income} >= 5500 or {growth} > 17", "points": "2.5"},
        {"when": f"{income} >= 4500 or {growth} > 15", "points": "2"},
        {"when": f"{income} >= 2300 or {growth} > 13", "points": "1.5"},
    ]
    return {"rule": {"cases": {"first": first, "otherwise": "0.5"}}}


def _formula(panel: str, rate: str) -> Keys:
    return {"rule": {"formula": f"{panel} * 60% + {rate} * 4%"}}


def _pro_rata(rate: str) -> Keys:
    per = {"measure": rate, "below": "95", "every": "1", "steps": "pro_rata"}
    return {"floor": "0", "rule": {"deduct": [{"per": per, "points": "0.25"}]}}


def _repeat(findings: str) -> Keys:
    return {"rule": {"deduct": [{"each": findings, "points": ["0.5", "all"]}]}}


SPELLED: dict[str, Callable[..., Keys]] = {
    "deduct": _deduct,
    "missed": _missed,
    "ladder": _ladder,
    "share": _share,
    "capped": _capped,
    "once": _once,
    "options": _options,
    "per": _per,
    "proportional": _proportional,
    "cases": _cases,
    "formula": _formula,
    "pro_rata": _pro_rata,
    "repeat": _repeat,
}


def rule_set_text(changed: Mapping[str, Keys] | None = None) -> str:
    """Return the rule set as YAML; `changed` holds other keys for some indicators."""
    return str(yaml.safe_dump(_rule_set(changed or {}), allow_unicode=True, sort_keys=False))


def _rule_set(changed: Mapping[str, Keys]) -> Keys:
    return {
        "rule_set": "nation",
        "category": "nation",
        "version": "1",
        "title": "基准",
        "period": {"from": "2026-01-01", "to": "2026-12-31"},
        "organisations": {"part_year": "in_full", "merged": "mean"},
        "scale": {"total": f"{sum(map(points_of, DIMENSIONS)):g}"},
        "facts": {fact.name: fact.declared | {"reused": "分别计分"} for fact in FACTS},
        "dimensions": [_dimension(each, changed) for each in DIMENSIONS],
        "vetoes": [{"id": "unsafe", "title": "事故", "when": VETO, "effect": "no_level"}],
        "levels": {
            "measured_on": "unrounded",
            "promotion": "any",
            "from_low_to_high": [_level(each) for each in LEVELS],
        },
        "quotas": [_quota()],
    }


def _dimension(name: str, changed: Mapping[str, Keys]) -> Keys:
    indicators = [
        {
            "id": line.id,
            "title": line.id,
            "points": KINDS[line.kind].points,
            **SPELLED[line.kind](*line.facts),
            **changed.get(line.id, {}),
        }
        for line in LINES
        if line.dimension == name
    ]
    return {"id": name, "title": name, "points": f"{points_of(name):g}", "indicators": indicators}


def _level(level: Level) -> Keys:
    gates = []
    if level.dimensions_percent:
        gates.append({"every_dimension": f"{level.dimensions_percent}%"})
    if level.rate:
        gates.append({"require": f"{GATE_FACT} >= {level.rate}"})
    keys = {"id": level.id, "title": level.id, "at_least": str(level.at_least)}
    return keys | ({"gates": gates} if gates else {})


def _quota() -> Keys:
    return {
        "id": "best",
        "level": LEVELS[-1].id,
        "kind": "at_most",
        "share": f"{QUOTA_PERCENT}%",
        "of": "rated",
        "rounding": "half_up",
        "ties": "exclude",
        "tie_break": [TIE_BREAK],
    }
