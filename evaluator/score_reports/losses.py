"""What indicators lost, and which of them bring a dimension to a share of its points."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evaluator.score_reports.standing import Standing
from rules.numbers import NotANumber, read_number
from rules.syntax import Dimension, Indicator


def lost(standing: Standing, indicator: Indicator) -> int:
    """Return the points that an indicator lost; none while they are not known."""
    assessment = standing.so_far.assessment
    if indicator.id in standing.so_far.waiting or not assessment.counts(indicator):
        return 0
    points = assessment.points(indicator)
    return points if assessment.deducts(indicator) else indicator.points - points


def won_back(standing: Standing, group: Dimension, share: str) -> Iterator[Indicator]:
    """Yield the indicators that bring a dimension to a share of its points.

    Those that lost most come first, so that they are few.
    """
    return won_to(standing, group, _share(share) * group.points)


def won_to(standing: Standing, group: Dimension, wanted: Fraction) -> Iterator[Indicator]:
    """Yield the indicators that bring a dimension to so many 1/10,000 points."""
    won = standing.so_far.assessment.value("dimension", group.id)
    for each in sorted(group.indicators, key=lambda each: -lost(standing, each)):
        left = lost(standing, each)
        if won >= wanted or left <= 0:
            return
        won += left
        yield each


def _share(text: str) -> Fraction:
    """Return the share that is asked for; all of the points where a formula says it."""
    try:
        return read_number(text)
    except NotANumber:
        return Fraction(1)
