"""Bands that meet targets, as plain values, each verified by a real pass over the round."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from evaluator.scoring.columnar.awards import score
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.round import Category
from evaluator.what_if.bands import Bands
from evaluator.what_if.categories import Ready
from evaluator.what_if.summary import both
from evaluator.what_if.thresholds import (
    Reached,
    Target,
    Threshold,
    moved,
    search,
    yaml_lines,
)
from rules.numbers import number_text, points_text
from rules.syntax import Node, RuleSet, Words

Json = dict[str, Any]


class NotVerified(Exception):
    """The real pass counts others than the search did: an error of the program."""


def proposal(ready: Ready, targets: Sequence[Target], step: int, quotas: bool = False) -> Json:
    """Return the bands that come closest to the targets of one category."""
    bands = Bands(ready.engine, ready.columns, ready.tables)
    found = search(bands, targets, step)
    after = moved(ready.rule_set, found)
    own, final = _passed(ready, after, quotas)
    numbers = {each.id: number for number, each in enumerate(bands.levels)}
    counts = {each.level.id: _held(final, numbers[each.level.id], each) for each in found}
    for each in found:
        if own[numbers[each.level.id]] != each.found.count:
            raise NotVerified(f"{each.level.id}: {own} instead of {each.found}")
    return {
        "category": ready.rule_set.category,
        "title": both(ready.title),
        "rated": int(np.count_nonzero(bands.rated)),
        "levels": [_level(each, counts[each.level.id]) for each in found],
        "yaml": yaml_lines(ready.rule_set, after),
        "file": _file(ready.rule_set),
        "inherited_from": _inherited_from(ready.rule_set, after),
    }


def _file(node: Node) -> str:
    return Path(node.where.file).name


def _inherited_from(before: RuleSet, after: RuleSet) -> list[str]:
    """Return the other files in which levels stand whose bands change."""
    pairs = zip(before.levels.from_low_to_high, after.levels.from_low_to_high, strict=True)
    files = [_file(old) for old, new in pairs if old != new]
    return [each for each in dict.fromkeys(files) if each != _file(before)]


def _passed(ready: Ready, after: RuleSet, quotas: bool) -> tuple[list[int], list[int] | None]:
    """Return how many hold each level or a higher one by other bands, without and with quotas."""
    engine = Engine(Category(after))
    levels = range(len(after.levels.from_low_to_high) + 1)
    tables = engine.tables(lambda work: [work(engine, ready.columns)])
    own = engine.decide(ready.columns, tables).level
    counts = [int(np.count_nonzero(own >= each)) for each in levels]
    if not quotas:
        return counts, None
    final = score(engine, ready.columns)[0].final
    return counts, [int(np.count_nonzero(final >= each)) for each in levels]


def _held(final: list[int] | None, number: int, found: Threshold) -> int | None:
    """Return how many are left after quotas, as the target counts."""
    if final is None:
        return None
    return final[number] - (final[number + 1] if found.target.alone else 0)


def _level(found: Threshold, after_quotas: int | None) -> Json:
    return {
        "level": found.level.id,
        "title": both(found.level.title),
        "share": number_text(found.target.share, percent=True),
        "alone": found.target.alone,
        "before": points_text(found.level.at_least),
        **_reached(found.found, found),
        "lower": found.lower and _reached(found.lower, found),
        "higher": found.higher and _reached(found.higher, found),
        "can_be_met": found.can_be_met,
        "why": both(_why(found)),
        "after_quotas": after_quotas,
    }


def _reached(reached: Reached, found: Threshold) -> Json:
    """Return how many hold the level, or it and those above, as the target counts."""
    count = reached.count - found.above
    share = Fraction(count, max(found.rated, 1))
    return {
        "at_least": points_text(reached.at_least),
        "count": count,
        "reached": number_text(share, percent=True, places=1),
    }


def _why(found: Threshold) -> Words:
    """Return why no band meets a target; nothing where one does."""
    most, least = (each - found.above for each in (found.most, found.least))
    if found.can_be_met:
        return Words("", "")
    if found.wanted > found.most:
        return Words(
            f"任何分数线都达不到：即使不设分数线，门槛、上限、逐级晋升与一票否决也只留下{most}个",
            f"no band can meet it: even with none, gates, caps and vetoes leave {most}",
        )
    if found.wanted < found.least:
        return Words(
            f"任何分数线都压不到：直接评定或更高等级已有{least}个",
            f"no band can meet it: {least} hold it by direct award or a higher level",
        )
    return Words("", "")
