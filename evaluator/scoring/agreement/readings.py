"""What a coefficient means in plain words, by whose rule, and when it means nothing yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.scoring.agreement.correlation import Correlation
from evaluator.scoring.agreement.ratings import Table
from evaluator.scoring.agreement.unsaid import Figure, Interval, Unsaid
from rules.numbers import fraction_text
from rules.syntax.base import Words

KOO_LI = "T. K. Koo & M. Y. Li, Journal of Chiropractic Medicine 15, 2016"
KRIPPENDORFF = "K. Krippendorff, Content Analysis, third edition, 2013"
ADVISED_CASES, ADVISED_PANELLISTS = 30, 3
"""What Koo & Li advise; fewer leave a figure that the next few cases may overturn."""

_PLACES = 3

Steps = Sequence[tuple[Fraction | None, Words]]
_ICC: Steps = (
    (None, Words("差", "poor")),
    (Fraction(1, 2), Words("中等", "moderate")),
    (Fraction(3, 4), Words("良好", "good")),
    (Fraction(9, 10), Words("优秀", "excellent")),
)
_ALPHA: Steps = (
    (None, Words("不足以作为依据", "too low to rest anything on")),
    (Fraction(667, 1000), Words("只能作初步结论", "enough for tentative conclusions")),
    (Fraction(800, 1000), Words("可以作为依据", "enough to rely on")),
)


@dataclass(frozen=True)
class Reading:
    """A sentence about a coefficient, whose rule it follows, and whether it is a hint only.

    `is_hint` says that there are fewer cases or panellists than the rule advises, or that the
    interval leaves everything open.
    """

    words: Words
    source: str
    is_hint: bool


def read_correlation(found: Correlation, table: Table) -> Reading:
    """Return what the correlation of the mean of a table's panel says, by Koo & Li (2016).

    Below 0.5 poor, below 0.75 moderate, below 0.9 good, above excellent; where there is an
    interval it is the interval that they read, not the estimate.
    """
    return _reading(found.average, found.average_interval, _ICC, table, KOO_LI)


def read_alpha(value: Figure, table: Table) -> Reading:
    """Return what Krippendorff's alpha says: below 0.667 nothing, from 0.800 on it is relied on."""
    return _reading(value, Unsaid.INCOMPLETE, _ALPHA, table, KRIPPENDORFF)


def _reading(value: Figure, interval: Interval, steps: Steps, table: Table, source: str) -> Reading:
    if isinstance(value, Unsaid):
        return Reading(Words(value.say("zh"), value.say("en")), source, is_hint=True)
    low, high = (value, value) if isinstance(interval, Unsaid) else interval
    first, last = _step(low, steps), _step(high, steps)
    few = _few(table)
    if last - first == len(steps) - 1:
        words = _everything_open(low, high)
    elif first == last:
        words = _one(value, steps[first][1])
    else:
        words = _from_to(low, high, steps[first][1], steps[last][1])
    return Reading(
        Words(words.zh + few.zh, words.en + few.en),
        source,
        is_hint=bool(few.zh) or last - first == len(steps) - 1,
    )


def _step(value: Fraction, steps: Steps) -> int:
    return sum(start is not None and value >= start for start, _ in steps)


def _one(value: Fraction, step: Words) -> Words:
    shown = fraction_text(value, _PLACES)
    return Words(f"一致程度{step.zh}（{shown}）。", f"Agreement is {step.en} ({shown}).")


def _from_to(low: Fraction, high: Fraction, first: Words, last: Words) -> Words:
    start, end = fraction_text(low, _PLACES), fraction_text(high, _PLACES)
    return Words(
        f"一致程度在“{first.zh}”与“{last.zh}”之间（95%区间为{start}至{end}）。",
        f"Agreement lies between {first.en} and {last.en} (95% interval {start} to {end}).",
    )


def _everything_open(low: Fraction, high: Fraction) -> Words:
    start, end = fraction_text(low, _PLACES), fraction_text(high, _PLACES)
    return Words(
        f"答辩太少，一致程度还无法判断（95%区间为{start}至{end}）。",
        f"There are too few cases to say anything (95% interval {start} to {end}).",
    )


def _few(table: Table) -> Words:
    """Return the warning that there are too few cases or panellists; empty where there is none."""
    cases, panellists = len(table.paired.cells), len(table.paired.panellists)
    if cases >= ADVISED_CASES and panellists >= ADVISED_PANELLISTS:
        return Words("", "")
    return Words(
        f"仅有{cases}个答辩、{panellists}名评委，"
        f"少于建议的{ADVISED_CASES}个答辩、{ADVISED_PANELLISTS}名评委，只供参考。",
        f" Only {cases} case(s) and {panellists} panellist(s); {ADVISED_CASES} and "
        f"{ADVISED_PANELLISTS} are advised, so take it as a hint.",
    )
