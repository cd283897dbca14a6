"""The median of each dimension in a category: what a branch is compared with, and nothing else.

Whoever has been reviewed counts, and of fewer than five nothing is said: a median of a few tells
who they are. A median moves little, so that it holds for a while where somebody goes on working;
to score a whole category for every branch that looks would help nobody.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime, timedelta
from threading import Lock

from flask import current_app
from sqlalchemy.orm import Session

from evaluator.database import now
from evaluator.rounds.models import Round
from evaluator.score_reports.categories import category_of
from evaluator.score_reports.policy import FEWEST

Medians = Mapping[str, int]
"""Points in 1/10,000 by the ids of dimensions; a dimension that too few have is left out."""
_HOLDS = timedelta(minutes=10)
_MOST_KEPT = 16


class KeptMedians:
    """The medians used last, each with the moment at which it was worked out."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, tuple[datetime, Medians]] = OrderedDict()

    def of(self, session: Session, made: Round, category: str) -> Medians:
        """Return the medians of a category, worked out anew after ten minutes."""
        which: Hashable = (made.id, made.opened_at, category)
        with self._lock:
            moment, found = self._kept.pop(which, (None, {}))
            if moment is None or now() - moment > _HOLDS:
                moment, found = now(), _worked_out(session, made, category)
            self._kept[which] = moment, found
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return found


def medians_of(session: Session, made: Round, category: str) -> Medians:
    """Return the median of each dimension of a category of a round."""
    kept: KeptMedians = current_app.extensions.setdefault("score reports: medians", KeptMedians())
    return kept.of(session, made, category)


def median(values: Sequence[int]) -> int:
    """Return the middle of whole numbers, the mean of the two middle ones rounded half up."""
    ordered, middle = sorted(values), len(values) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle] + 1) // 2


def _worked_out(session: Session, made: Round, category: str) -> Medians:
    everyone = category_of(session, made, category).values()
    dimensions = {name for each in everyone for name in each.points}
    points = {
        name: [each.points[name] for each in everyone if name in each.points] for name in dimensions
    }
    return {name: median(each) for name, each in points.items() if len(each) >= FEWEST}
