"""The facts of many organisations of one category as columns, ready for a program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evaluator.scoring.columnar.arrays import Array, Bools
from evaluator.scoring.reading import Raw


@dataclass(frozen=True)
class Group:
    """To which group each organisation belongs: `words[codes[i]]` is what its group is called.

    The word is that of a committee, or of a choice fact; None where the fact is missing. Words
    differ from one another. For the whole category there is one word, "".
    """

    codes: Array
    words: Sequence[Raw]


@dataclass(frozen=True)
class EventList:
    """All events of one fact: those of organisation `i` stand from `offsets[i]` to `offsets[i+1]`.

    `offsets` is int64 and one longer than there are organisations. `day` holds ordinals (int32);
    `columns` the other columns as whole numbers, as `reader_of` reads them; texts are numbered,
    equal texts alike. The events of an organisation keep their order.
    """

    offsets: Array
    day: Array
    columns: Mapping[str, Array] = field(default_factory=dict)


@dataclass(frozen=True)
class RatingList:
    """All ratings of one fact, in scaled whole numbers; `offsets` as in `EventList`."""

    offsets: Array
    values: Array


@dataclass(frozen=True)
class Columns:
    """Organisations of one category, one element each in every array, in the order of the rows.

    `slots` has one entry for each slot of the program: an array of `narrow(slot.low, slot.high)`
    for facts, `missing` bits (0 or 1) and reductions; None for cohort and peers slots, which are
    filled from the group. Where a fact is missing its slot, or those of the reductions made from
    it, hold the blank value `max(low, min(0, high))`.

    `missing` has an entry for each fact of the rule set that at least one organisation lacks.
    `previous` is the index of the level held so far, -1 for none; `founded` is an ordinal, 0
    where it is not known. `groups` has an entry for each `among` by which the rule set compares
    or shares quotas: "category" (or "round"), "committee", or the name of a choice fact.
    `refused` are those who applied with facts that could not even be read, None for nobody.
    """

    size: int
    slots: Sequence[Array | None]
    missing: Mapping[str, Bools]
    applied: Bools
    previous: Array
    years: Array
    founded: Array
    groups: Mapping[str, Group]
    refused: Bools | None = None

    @property
    def outside(self) -> Bools:
        """Return who takes no part: it did not apply, or its facts could not be read."""
        return ~self.applied if self.refused is None else ~self.applied | self.refused
