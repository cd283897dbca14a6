"""Quotas: how many organisations may, must or should hold a level; ties; who moves where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import itemgetter

from evaluator.scoring import level_words
from evaluator.scoring.assessment import Assessment
from evaluator.scoring.cohort import group_of
from evaluator.scoring.levels import NO_LEVEL, Decision, LevelRules
from evaluator.scoring.reading import Raw
from rules.numbers import half_up, read_number
from rules.syntax import Quota, RuleSet


@dataclass
class Standing:
    """One organisation of a category on its way through the quotas."""

    assessment: Assessment
    decision: Decision


@dataclass(frozen=True)
class Population:
    """How many organisations of one group there are, by what a share may be of."""

    everyone: int
    applied: int
    rated: int


@dataclass(frozen=True)
class QuotaReport:
    """What a quota came to in one group, after all quotas.

    `beside` counts direct awards that take no place. A quota may remain unmet: where all tie, or
    too few stand above, a lower one; an upper one is met where only those who tie exceed it and
    ties are included.
    """

    quota: Quota
    group: Raw
    base: int
    limit: int
    held: int
    moved: int
    beside: int = 0
    met: bool = True


def apply_quotas(
    standings: Sequence[Standing], populations: dict[str, dict[Raw, Population]], rules: LevelRules
) -> list[QuotaReport]:
    """Move organisations down until every quota holds, and return what each came to.

    Upper quotas are applied from the highest level down, so that whoever is moved down counts
    for the level below; then lower quotas; targets are watched only. `populations` holds the
    groups of each quota by its id.
    """
    applied = []
    for quota in in_turn(rules.rule_set):
        members: dict[Raw, list[Standing]] = defaultdict(list)
        for each in standings:
            members[group_of(each.assessment.inputs, quota.among)].append(each)
        for group, population in populations[quota.id].items():
            part = Part(quota, group, base_of(quota, population), members[group], rules)
            applied.append((part, part.apply()))
    return [part.report(moved) for part, moved in applied]


def in_turn(rule_set: RuleSet) -> list[Quota]:
    """Return the quotas in the order in which they are applied."""
    order = {"at_most": 0, "at_least": 1, "target": 2}
    levels = [level.id for level in rule_set.levels.from_low_to_high]
    return sorted(rule_set.quotas, key=lambda each: (order[each.kind], -levels.index(each.level)))


def base_of(quota: Quota, population: Population) -> int:
    """Return the number of organisations that a quota is a share of."""
    return {
        "all": population.everyone,
        "applied": population.applied,
        "rated": population.rated,
        None: population.rated,
    }[quota.of]


@dataclass
class Part:
    """One quota in one group."""

    quota: Quota
    group: Raw
    base: int
    members: list[Standing]
    rules: LevelRules

    @property
    def limit(self) -> int:
        """Return how many organisations the quota lets stand at its level."""
        return limit_of(self.quota, self.base)

    def order(self) -> list[tuple[Standing, Key]]:
        """Return whom the quota looks at in its order, each with what it is compared by.

        Of an upper limit these are its holders, the best first; of a lower one those who stand
        above its level, the weakest first. Whoever has the same key as another ties with it.
        """
        if self.quota.kind == "at_least":
            above = _above(self.quota, self.members, self.rules)
            return [(each, _key(self.quota, each)) for each in above]
        return _ranked(self.quota, _holders(self.quota, self.members, self.rules))

    def apply(self) -> int:
        """Move whom the quota moves, and return how many."""
        if self.quota.kind == "at_most":
            return _cut(self.quota, self.limit, self.members, self.rules)
        if self.quota.kind == "at_least":
            return _raise_weakest(self.quota, self.limit, self.members, self.rules)
        return 0

    def report(self, moved: int) -> QuotaReport:
        """Return what the quota came to."""
        held = _holders(self.quota, self.members, self.rules)
        beside = len(_beside(self.quota, self.members, self.rules))
        met = self._is_met(held)
        return QuotaReport(
            self.quota, self.group, self.base, self.limit, len(held), moved, beside, met
        )

    def _is_met(self, held: list[Standing]) -> bool:
        if self.quota.kind != "at_most":
            return len(held) >= self.limit
        if len(held) <= self.limit:
            return True
        places = [place for _, place in _ranked(self.quota, held)]
        return self.quota.ties == "include" and _kept(places, self.limit, True) == len(held)


def limit_of(quota: Quota, base: int) -> int:
    """Return how many organisations a quota means; a share is rounded as declared."""
    if quota.number is not None:
        return quota.number
    share = read_number(quota.share or "0") * base
    if quota.rounding == "up":
        return -(-share.numerator // share.denominator)
    if quota.rounding == "half_up":
        return half_up(share.numerator, share.denominator)
    return share.numerator // share.denominator


def _holders(quota: Quota, members: list[Standing], rules: LevelRules) -> list[Standing]:
    """Return who takes a place of a quota."""
    return [each for each in _counted(quota, members, rules) if not _is_beside(quota, each)]


def _beside(quota: Quota, members: list[Standing], rules: LevelRules) -> list[Standing]:
    """Return whose direct award takes no place of a quota."""
    return [each for each in _counted(quota, members, rules) if _is_beside(quota, each)]


def _is_beside(quota: Quota, standing: Standing) -> bool:
    beside = quota.direct_awards == "beside" and quota.kind == "at_most"
    return beside and standing.decision.direct


def _counted(quota: Quota, members: list[Standing], rules: LevelRules) -> list[Standing]:
    """Return who stands where a quota counts; a lower one counts its level and all below."""
    level = rules.index[quota.level]
    if quota.kind == "at_least" or quota.counts == "and_below":
        return [each for each in members if each.decision.index <= level]
    above = quota.counts == "and_above"
    return [
        each
        for each in members
        if each.decision.index == level or (above and each.decision.index > level)
    ]


Key = tuple[int | Fraction, ...]


def _key(quota: Quota, standing: Standing) -> Key:
    """Return what organisations are compared by: the unrounded total, then the tie breakers."""
    assessment = standing.assessment
    breakers = (_breaker(assessment, quota, str(number)) for number in range(len(quota.tie_break)))
    return (assessment.total, *breakers)


def _breaker(assessment: Assessment, quota: Quota, number: str) -> int | Fraction:
    """Return the value of a tie breaker; whole ones, which most are, compare faster as such."""
    value = assessment.value("tie", quota.id, number)
    denominator = assessment.value("tie", quota.id, number, "denominator")
    return value if denominator == 1 else Fraction(value, denominator)


def _cut(quota: Quota, limit: int, members: list[Standing], rules: LevelRules) -> int:
    """Move those beyond an upper limit to the next level that they reach; return how many.

    Nobody can be moved down out of `this level and all below`: such a limit is only reported.
    """
    ranked = _ranked(quota, _holders(quota, members, rules))
    if len(ranked) <= limit or quota.counts == "and_below":
        return 0
    places = [place for _, place in ranked]
    kept = _kept(places, limit, include=quota.ties == "include")
    dropped = [each for each, _ in ranked[kept:]]
    for each in dropped:
        _move_down(quota, each, rules)
    return len(dropped)


def _ranked(quota: Quota, holders: list[Standing]) -> list[tuple[Standing, Key]]:
    """Return holders, the best first, each with what it is ordered by."""
    placed = [(each, _place(quota, each)) for each in holders]
    return sorted(placed, reverse=True, key=itemgetter(1))


def _place(quota: Quota, standing: Standing) -> Key:
    """Return what holders are ordered by: higher levels first, then direct awards, then points."""
    return (standing.decision.index, standing.decision.direct, *_key(quota, standing))


def _kept(place: Sequence[Key], limit: int, include: bool) -> int:
    """Return how many of a falling order stay: all who tie at the cut, or none of them."""
    if limit == 0 or place[limit - 1] != place[limit]:
        return limit
    tied = place[limit]
    return place.index(tied) + (place.count(tied) if include else 0)


def _move_down(quota: Quota, standing: Standing, rules: LevelRules) -> None:
    """Move to the next level whose band and gates hold, or that was awarded directly."""
    level = rules.index[quota.level]
    below = max(
        rules.reached_below(standing.assessment, level),
        standing.decision.awarded_between(NO_LEVEL, level),
    )
    words = level_words.beyond_quota(quota, rules.title(level), rules.title(below))
    standing.decision.move(below, words)


def _raise_weakest(quota: Quota, limit: int, members: list[Standing], rules: LevelRules) -> int:
    """Move the weakest down until a lower limit is met; return how many."""
    level = rules.index[quota.level]
    lacking = limit - len(_holders(quota, members, rules))
    above = _above(quota, members, rules)
    if lacking <= 0 or not above:
        return 0
    chosen = above[:lacking]
    if len(above) > lacking and _key(quota, above[lacking]) == _key(quota, chosen[-1]):
        edge = _key(quota, chosen[-1])
        chosen = [
            each
            for each in above
            if _key(quota, each) < edge or (quota.ties == "include" and _key(quota, each) == edge)
        ]
    words = level_words.lower_quota(quota, rules.title(level))
    for each in chosen:
        each.decision.move(level, words)
    return len(chosen)


def _above(quota: Quota, members: list[Standing], rules: LevelRules) -> list[Standing]:
    """Return those who stand above the level of a lower limit, the weakest first.

    Whoever holds a higher level by direct award, or would fall below one, is left out: it needs
    no points, so that it would always be the weakest.
    """
    level = rules.index[quota.level]
    return sorted(
        (
            each
            for each in members
            if each.decision.index > level
            and each.decision.awarded_between(level, each.decision.index + 1) == NO_LEVEL
        ),
        key=lambda each: _key(quota, each),
    )
