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
    wanted = {each.what for each in trial.differences()}
    trial = _whole(trial, wanted)
    trial = _fewer(trial, wanted)
    while smaller := _smaller(trial, wanted):
        trial = _fewer(smaller, wanted)
    return trial


def _differs(trial: Trial, wanted: set[str]) -> bool:
    return bool(wanted & {each.what for each in trial.differences()})


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


def _smaller(trial: Trial, wanted: set[str]) -> Trial | None:
    """Return the trial without one key or item of its rule set, or None."""
    for plain in _pruned(yaml.safe_load(trial.text)):
        text = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=10_000)
        try:
            rules = load_text(text)
            smaller = replace(
                trial,
                text=text,
                category=Category(rules),
                entries=[
                    (who, {name: raw for name, raw in facts.items() if name in rules.facts})
                    for who, facts in trial.entries
                ],
            )
        except (RuleErrors, KeyError, IndexError, StopIteration):
            continue
        if _differs(smaller, wanted):
            return smaller
    return None


def _pruned(plain: Any) -> Iterator[Any]:
    """Yield copies of a tree without one of its inner parts, large ones first."""
    for path in sorted(_paths(plain), key=len):
        copy = deepcopy(plain)
        inner = copy
        for step in path[:-1]:
            inner = inner[step]
        del inner[path[-1]]
        yield copy


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
