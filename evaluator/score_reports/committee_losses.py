"""What the organisations of a committee lost most often, category by category, with the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluator.score_reports.standing import Standing
from rules.describe.rule_lines import rule_lines
from rules.lowering import indicators_of
from rules.numbers import decimal_text, points_text
from rules.syntax import Indicator


@dataclass(frozen=True)
class Loss:
    """An indicator at which somebody lost points: how many of how many, and how much on average.

    Who has no points there yet, or does not fall under it, counts neither here nor there.
    """

    title: str
    losers: int
    known: int
    average: str
    most: str
    rule: Sequence[str]


def losses_of(standings: Sequence[Standing], language: str) -> list[Loss]:
    """Return the losses of organisations of one category, the most frequent first."""
    if not standings:
        return []
    found = list(_losses(standings, language))
    # Of equal ones the order of the rule set stays.
    return sorted(found, key=lambda each: -each.losers)


def _losses(standings: Sequence[Standing], language: str) -> Iterator[Loss]:
    ready = standings[0].ready
    for indicator in indicators_of(ready.rule_set):
        lost = [points for each in standings if (points := _lost(each, indicator)) is not None]
        if not any(lost):
            continue
        deducts = standings[0].so_far.assessment.deducts(indicator)
        labels = ready.labels.in_deductions() if deducts else ready.labels
        yield Loss(
            indicator.title.say(language),
            sum(points > 0 for points in lost),
            len(lost),
            decimal_text((2 * sum(lost) + len(lost)) // (2 * len(lost))),
            points_text(indicator.points),
            rule_lines(indicator, labels, language),
        )


def _lost(standing: Standing, indicator: Indicator) -> int | None:
    """Return the points that an organisation lost; None where they are not known."""
    assessment = standing.so_far.assessment
    if indicator.id in standing.so_far.waiting or not assessment.counts(indicator):
        return None
    points = assessment.points(indicator)
    return points if assessment.deducts(indicator) else indicator.points - points
