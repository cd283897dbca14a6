"""A short reproduction of a difference: what can be left out of it, is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

import yaml
from trials import Trial

from evaluator.scoring.round import Category, Entry
from rules.loader import load_text
from rules.problems import RuleErrors


def shortened(trial: Trial) -> Trial:
    """Return a trial with fewer organisations and a smaller rule set that still differs so."""
    wanted = _kinds(trial)
    trial = _fewer(_whole(trial, wanted), wanted)
    while (smaller := _smaller(trial, wanted)).text != trial.text:
        trial = _fewer(smaller, wanted)
    return trial


def _differs(trial: Trial, wanted: set[str]) -> bool:
    return bool(wanted & _kinds(trial))


def _kinds(trial: Trial) -> set[str]:
    """Return what differs; an exception only counts as the same with the same words."""
    return {
        str(each.columnar) if each.what == "raised" else each.what for each in trial.differences()
    }


def _whole(trial: Trial, wanted: set[str]) -> Trial:
    whole = replace(trial, edges=())
    return whole if _differs(whole, wanted) else trial


def _fewer(trial: Trial, wanted: set[str]) -> Trial:
    """Leave out halves, quarters, … of the organisations, then one after the other."""
    step = max(len(trial.entries) // 2, 1)
    while True:
        for kept in _without(trial.entries, step):
            fewer = replace(trial, entries=kept, edges=[e for e in trial.edges if e < len(kept)])
            if _differs(fewer, wanted):
                trial = fewer
                break
        else:
            if step == 1:
                return trial
            step //= 2


def _without(entries: Sequence[Entry], step: int) -> Iterator[Sequence[Entry]]:
    for start in range(0, len(entries), step):
        kept = [*entries[:start], *entries[start + step :]]
        if kept:
            yield kept


def _smaller(trial: Trial, wanted: set[str]) -> Trial:
    """Try once to do without each key and item of the rule set, large ones first."""
    plain = yaml.safe_load(trial.text)
    for path in sorted(_paths(plain), key=len):
        pruned = _without_part(plain, path)
        smaller = _with_rules(trial, pruned) if pruned else None
        if smaller and _differs(smaller, wanted):
            trial, plain = smaller, pruned
    return trial


def _with_rules(trial: Trial, plain: Any) -> Trial | None:
    """Return a trial by another rule set, with the facts that it still has; None if refused."""
    text = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=10_000)
    try:
        rules = load_text(text)
        category = Category(rules)
    except (RuleErrors, LookupError, ValueError, StopIteration):
        return None  # what is left over may name what was taken away
    kept = [
        (who, {name: raw for name, raw in facts.items() if name in rules.facts})
        for who, facts in trial.entries
    ]
    return replace(trial, text=text, category=category, entries=kept)


def _without_part(plain: Any, path: tuple[Any, ...]) -> Any:
    """Return a copy without one part; None where it is gone, or others took its place."""
    copy = deepcopy(plain)
    inner = copy
    try:
        for step in path[:-1]:
            inner = inner[step]
        del inner[path[-1]]
    except (KeyError, IndexError, TypeError):
        return None
    return copy


def _paths(plain: Any) -> Iterator[tuple[Any, ...]]:
    keys = plain if isinstance(plain, dict) else range(len(plain))
    for key in keys:
        yield (key,)
        if isinstance(plain[key], (dict, list)):
            yield from ((key, *rest) for rest in _paths(plain[key]))


def described(trial: Trial) -> str:
    """Return a trial as text: its rule set, its organisations and how the paths differ."""
    rows = [f"{who}\n    {dict(facts)}" for who, facts in trial.entries]
    found = [str(each) for each in trial.differences()[:6]]
    return "\n".join([f"seed {trial.seed}", trial.text, *rows, *found])
