"""The trimmed mean of a case, as scoring works it out, with which ratings were left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from evaluator.scoring.agreement.ratings import mean
from evaluator.scoring.agreement.unsaid import Figure, Unsaid
from evaluator.scoring.events import enough_for, without_extremes
from rules.syntax import MeanOf


@dataclass(frozen=True)
class TrimmedMean:
    """The mean of a case under a rule set, and whose ratings it rests on.

    Of equal ratings it makes no difference which is dropped; the names decide, so that a
    picture is the same each time.
    """

    mean: Figure
    kept: tuple[str, ...]
    dropped: tuple[str, ...]


def trimmed_mean(row: Mapping[str, Fraction], rule: MeanOf) -> TrimmedMean:
    """Return the mean of a case's ratings under the `mean` of a rule set."""
    ranked = sorted(row, key=lambda name: (row[name], name))
    if not enough_for(len(ranked), rule):
        return TrimmedMean(Unsaid.TOO_FEW_FOR_MEAN, (), ())
    kept = tuple(without_extremes(ranked, rule))
    dropped = tuple(name for name in ranked if name not in kept)
    return TrimmedMean(mean(row[name] for name in kept), kept, dropped)
