"""Where bands must begin so that given shares of the rated hold a level or a higher one.

From the highest level down each band is moved alone, those above being found already: whether
somebody holds a level or a higher one does not depend on the bands below it. With everything else
given it depends on one truth, whether the band holds; so the levels are decided twice, with the
band open to all and to nobody, and whoever differs is counted by points. That is exact, with all
gates, direct awards, caps, steps and vetoes; quotas are not applied.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

import numpy as np

from evaluator.scoring.columnar.arrays import Array
from evaluator.what_if.bands import Bands
from rules.numbers import points_text, read_number
from rules.syntax import POINT, Level, Points, RuleSet


@dataclass(frozen=True)
class Target:
    """So large a share of the rated shall hold a level or a higher one; `alone`: this level."""

    level: str
    share: Fraction
    alone: bool = False


@dataclass(frozen=True)
class Reached:
    """How many hold the level or a higher one, where its band begins at so many points."""

    at_least: int
    count: int


@dataclass(frozen=True)
class Threshold:
    """What was found for one level; points are in 1/10,000.

    `wanted` is the number aimed at, at the level or above; `above` are those of them who hold a
    higher one, where the target is of this level alone. `lower` and `higher` are the
    neighbours one step down and up, None where another band or the scale ends the range.
    `least` and `most` are what any band can come to: `most` where the band is open to all, so
    that only gates, caps, steps and vetoes keep organisations out.
    """

    level: Level
    target: Target
    rated: int
    above: int
    wanted: Fraction
    found: Reached
    lower: Reached | None
    higher: Reached | None
    least: int
    most: int

    @property
    def can_be_met(self) -> bool:
        """Return whether some band comes to the number aimed at, or steps across it.

        Half an organisation more or less than there are is no miss.
        """
        return self.least <= ceil(self.wanted) and floor(self.wanted) <= self.most


def own_targets(rule_set: RuleSet) -> list[Target]:
    """Return the targets that a rule set watches itself, as shares of the rated."""
    return [
        Target(each.level, read_number(each.share), each.counts == "this_level")
        for each in rule_set.quotas
        if each.kind == "target" and each.share is not None and each.counts != "and_below"
    ]


def search(bands: Bands, targets: Sequence[Target], step: int) -> list[Threshold]:
    """Return the threshold for each target, highest level first; `step` is in 1/10,000 points."""
    by_level = {each.level: each for each in targets}
    at_least = [int(each.at_least) for each in bands.levels]
    found = []
    for number in range(len(bands.levels) - 1, -1, -1):
        target = by_level.get(bands.levels[number].id)
        if target is not None:
            starts = _starts(bands, number, at_least, step, by_level)
            threshold = _closest(bands, number, target, at_least, starts)
            at_least[number] = threshold.found.at_least
            found.append(threshold)
    return found


def _closest(
    bands: Bands, number: int, target: Target, at_least: Sequence[int], starts: range
) -> Threshold:
    """Return the start of a band that comes closest; of two as close, the one nearer to now's."""
    below = [bands.band(each, at_least[each]) for each in range(number)]
    above = [bands.band(each, at_least[each]) for each in range(number + 1, len(at_least))]
    shut = bands.decided([*below, np.zeros(bands.size, np.int8), *above])
    opened = bands.decided([*below, np.ones(bands.size, np.int8), *above])
    depends = bands.measured[number][(opened >= number) & (shut < number)]
    sure, rated = (int(np.count_nonzero(each)) for each in (shut >= number, bands.rated))
    higher = int(np.count_nonzero(shut > number)) if target.alone else 0
    wanted = target.share * rated + higher
    reached = _counted(depends, sure, starts)
    best = min(
        range(len(reached)),
        key=lambda each: (
            abs(reached[each].count - wanted),
            abs(reached[each].at_least - at_least[number]),
        ),
    )
    lower, upper = reached[:best][-1:], reached[best + 1 :][:1]
    return Threshold(
        bands.levels[number],
        target,
        rated,
        higher,
        wanted,
        reached[best],
        lower[0] if lower else None,
        upper[0] if upper else None,
        sure,
        sure + len(depends),
    )


def _counted(depends: Array, sure: int, starts: range) -> list[Reached]:
    """Return how many hold the level for each start of its band."""
    steps = depends.astype(np.int64) // starts.step  # x >= k * step is the same as x // step >= k
    first = starts.start // starts.step
    bins = np.bincount(np.clip(steps - first + 1, 0, len(starts)), minlength=len(starts) + 1)
    reached = np.cumsum(bins[:0:-1])[::-1]
    return [Reached(start, sure + int(count)) for start, count in zip(starts, reached, strict=True)]


def _starts(
    bands: Bands,
    number: int,
    at_least: Sequence[int],
    step: int,
    targets: Mapping[str, Target],
) -> range:
    """Return where a band may begin: above those below it and below those above it.

    Room is left for the bands below that are to be found yet. Where there is no whole step
    between, the band stays where it is.
    """
    level = bands.levels[number]
    if bands.rule_set.levels.stars and level.of == "total":
        step = max(step // POINT, 1) * POINT
    low, room = 0, 0
    for each in range(number - 1, -1, -1):
        if bands.levels[each].of == level.of:
            if bands.levels[each].id not in targets:
                low = at_least[each] + 1
                break
            room += step
    above = [
        at_least[each]
        for each in range(number + 1, len(at_least))
        if bands.levels[each].of == level.of
    ]
    end = above[0] if above else max(int(bands.measured[number].max(initial=0)), low) + step + 1
    found = range(-(-(low + room) // step) * step, end, step)
    return found or range(at_least[number], at_least[number] + 1)


def moved(rule_set: RuleSet, found: Sequence[Threshold]) -> RuleSet:
    """Return the rule set with the bands that were found; `below` follows the next level."""
    starts = {each.level.id: Points(each.found.at_least) for each in found}
    levels = [
        replace(each, at_least=starts.get(each.id, each.at_least))
        for each in rule_set.levels.from_low_to_high
    ]
    for number, level in enumerate(levels):
        if level.below is not None:
            following = next((each for each in levels[number + 1 :] if each.of == level.of), None)
            levels[number] = replace(level, below=following.at_least if following else None)
    return replace(rule_set, levels=replace(rule_set.levels, from_low_to_high=tuple(levels)))


def yaml_lines(before: RuleSet, after: RuleSet) -> list[str]:
    """Return what to write in the rule set: the levels whose bands change, with their bands."""
    lines = ["levels:", "  from_low_to_high:"]
    pairs = zip(before.levels.from_low_to_high, after.levels.from_low_to_high, strict=True)
    for old, new in pairs:
        if (old.at_least, old.below) != (new.at_least, new.below):
            lines.append(f"    - id: {new.id}")
            lines += _line("at_least", old.at_least, new.at_least)
            lines += _line("below", old.below, new.below)
    return lines if len(lines) > 2 else []


def _line(key: str, old: Points | None, new: Points | None) -> list[str]:
    if new is None or old is None or old == new:
        return []
    return [f"      {key}: {points_text(new)}  # {points_text(old)}"]
