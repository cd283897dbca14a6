"""The mean of ratings, as a sum and a count, with extremes dropped."""

from __future__ import annotations

import numpy as np

from evaluator.scoring.columnar.arrays import Bools
from evaluator.scoring.columnar.columns import RatingList
from evaluator.scoring.columnar.lists.segments import Numbers, order_within, running
from rules.lowering.values import MOST_EVENTS
from rules.syntax import MeanOf


def unusable(ratings: RatingList, node: MeanOf) -> Bools:
    """Return which organisations have too few ratings for a mean, or too many."""
    number = np.diff(ratings.offsets)
    return (number < node.at_least) | (number > MOST_EVENTS)


def refused(ratings: RatingList, node: MeanOf) -> Bools:
    """Return the same of those that have ratings; without any, the fact is merely missing."""
    return unusable(ratings, node) & (np.diff(ratings.offsets) > 0)


def kept_count(ratings: RatingList, node: MeanOf) -> Numbers:
    """Return how many ratings are left; it means something where usable."""
    return np.diff(ratings.offsets) - (node.drop_lowest + node.drop_highest)


def kept_sum(ratings: RatingList, node: MeanOf) -> Numbers:
    """Return the sum of the ratings left; it means something where usable."""
    values, offsets = ratings.values, ratings.offsets
    if node.drop_lowest or node.drop_highest:
        values = values[order_within(values, offsets)]
    total = running(values)
    first = np.minimum(offsets[:-1] + node.drop_lowest, len(values))
    return total[np.maximum(offsets[1:] - node.drop_highest, 0)] - total[first]
