"""What every reduction of events is: from the lists of all organisations to a number for each."""

from __future__ import annotations

from collections.abc import Callable

from evaluator.scoring.columnar.arrays import Array
from evaluator.scoring.columnar.columns import EventList

Reduce = Callable[[EventList, Array], Array]
"""From the events and the founding days (0 where not known) to whole numbers of any width."""
