"""The cut lines of quotas: who was looked at in which order, where the line is, who ties at it.

Nothing is decided here: the quotas are applied once more, one after the other, by the code that
applies them (`evaluator.scoring.quotas`), and the order of each is noted before it moves anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.scoring.cohort import group_of
from evaluator.scoring.levels import LevelRules
from evaluator.scoring.quotas import Key, Part, QuotaReport, Standing
from evaluator.scoring.round import Result


@dataclass(frozen=True)
class Place:
    """One organisation in the order of a quota.

    `number` is shared by those who tie after all keys; `told_apart` is the number of the tie
    breaker that tells it from a neighbour with the same total, None where none had to; `ties`
    are the values of the tie breakers.
    """

    code: str
    number: int
    total: int
    ties: Sequence[Fraction]
    stays: bool
    is_tied: bool
    told_apart: int | None = None


@dataclass(frozen=True)
class Cut:
    """A quota in one group, with its order as it was when the quota was applied."""

    report: QuotaReport
    places: Sequence[Place]

    @property
    def key(self) -> str:
        """Return what the cut is called in an address."""
        return f"{self.report.quota.id}:{self.report.group}"

    @property
    def line(self) -> int:
        """Return after how many places the line is drawn."""
        before = [not each.stays for each in self.places]
        if self.report.quota.kind == "at_most":
            before = [each.stays for each in self.places]
        return sum(before)

    @property
    def at_line(self) -> Sequence[Place]:
        """Return those who tie after all keys where the limit falls, whom only its rule parts."""
        limit = self.report.limit
        if self.report.quota.kind == "at_least":
            limit = limit - self.report.held + self.report.moved
        if not 0 < limit < len(self.places):
            return ()
        edge = self.places[limit - 1].number
        tied = [each for each in self.places if each.number == edge]
        return tied if self.places[limit].number == edge else ()


def before_quotas(results: Sequence[Result], rules: LevelRules) -> list[Standing]:
    """Return where everybody who is rated stands before any quota is applied."""
    return [
        Standing(each.assessment, rules.decide(each.assessment))
        for each in results
        if each.assessment and each.decision and each.decision.rated
    ]


def cuts_of(
    standings: Sequence[Standing], reports: Sequence[QuotaReport], rules: LevelRules
) -> list[Cut]:
    """Return the cut of every quota in every group, in the order in which they were applied.

    The standings are those before the quotas; they are moved as the quotas are applied anew.
    """
    return [_cut(report, standings, rules) for report in reports]


def _cut(report: QuotaReport, standings: Sequence[Standing], rules: LevelRules) -> Cut:
    quota = report.quota
    members = [
        each for each in standings if group_of(each.assessment.inputs, quota.among) == report.group
    ]
    part = Part(quota, report.group, report.base, members, rules)
    order = [] if quota.kind == "target" else part.order()
    before = [each.decision.index for each, _ in order]
    part.apply()
    stays = [each.decision.index == index for (each, _), index in zip(order, before, strict=True)]
    return Cut(report, _places(order, stays, len(quota.tie_break)))


def _places(
    order: Sequence[tuple[Standing, Key]], stays: Sequence[bool], breakers: int
) -> list[Place]:
    keys = [key for _, key in order]
    numbers = [1] * len(keys)
    for position in range(1, len(keys)):
        same = keys[position] == keys[position - 1]
        numbers[position] = numbers[position - 1] if same else position + 1
    found = []
    for position, (standing, key) in enumerate(order):
        beside = [keys[other] for other in (position - 1, position + 1) if 0 <= other < len(keys)]
        ties = [Fraction(each) for each in key[len(key) - breakers :]]
        apart = [_told_apart(key, each, breakers) for each in beside]
        found.append(
            Place(
                code=standing.assessment.organisation.id,
                number=numbers[position],
                total=standing.assessment.total,
                ties=ties,
                stays=stays[position],
                is_tied=key in beside,
                told_apart=max((each for each in apart if each is not None), default=None),
            )
        )
    return found


def _told_apart(key: Key, other: Key, breakers: int) -> int | None:
    """Return which tie breaker tells two apart that are the same before it."""
    first = len(key) - breakers
    if key[:first] != other[:first] or key == other:
        return None
    return next(
        number for number in range(breakers) if key[first + number] != other[first + number]
    )
