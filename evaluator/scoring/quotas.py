"""Quotas: how many organisations may, must or should hold a level; ties; who moves where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.scoring.assessment import Assessment
from evaluator.scoring.cohort import group_of
from evaluator.scoring.levels import NO_LEVEL, Decision, LevelRules
from evaluator.scoring.reading import Raw
from rules.numbers import half_up, read_number
from rules.syntax import Quota


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
    """What a quota came to in one group; `beside` counts direct awards that take no place."""

    quota: Quota
    group: Raw
    base: int
    limit: int
    held: int
    moved: int
    beside: int = 0


def apply_quotas(
    standings: Sequence[Standing], populations: dict[str, dict[Raw, Population]], rules: LevelRules
) -> list[QuotaReport]:
    """Move organisations down until every quota holds, and return what each came to.

    Upper quotas are applied from the highest level down, so that whoever is moved down counts
    for the level below; then lower quotas; targets are watched only. `populations` holds the
    groups of each quota by its id.
    """
    order = {"at_most": 0, "at_least": 1, "target": 2}
    quotas = sorted(
        rules.rule_set.quotas, key=lambda each: (order[each.kind], -rules.index[each.level])
    )
    reports = []
    for quota in quotas:
        members: dict[Raw, list[Standing]] = defaultdict(list)
        for each in standings:
            members[group_of(each.assessment.inputs, quota.among)].append(each)
        for group, population in populations[quota.id].items():
            reports.append(_apply(quota, group, population, members[group], rules))
    return reports


def _apply(
    quota: Quota, group: Raw, population: Population, members: list[Standing], rules: LevelRules
) -> QuotaReport:
    base = {
        "all": population.everyone,
        "applied": population.applied,
        "rated": population.rated,
        None: population.rated,
    }[quota.of]
    limit = limit_of(quota, base)
    moved = 0
    if quota.kind == "at_most":
        moved = _cut(quota, limit, members, rules)
    elif quota.kind == "at_least":
        moved = _raise_weakest(quota, limit, members, rules)
    held, beside = len(_holders(quota, members, rules)), len(_beside(quota, members, rules))
    return QuotaReport(quota, group, base, limit, held, moved, beside)


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
    beside = quota.direct_awards == "beside" and quota.kind != "at_least"
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


_Key = tuple[int | Fraction, ...]


def _key(quota: Quota, standing: Standing) -> _Key:
    """Return what organisations are compared by: the unrounded total, then the tie breakers."""
    assessment = standing.assessment
    breakers = (
        Fraction(
            assessment.value("tie", quota.id, str(number)),
            assessment.value("tie", quota.id, str(number), "denominator"),
        )
        for number in range(len(quota.tie_break))
    )
    return (assessment.total, *breakers)


def _cut(quota: Quota, limit: int, members: list[Standing], rules: LevelRules) -> int:
    """Move those beyond an upper limit to the next level that they reach; return how many."""
    ranked = sorted(
        _holders(quota, members, rules),
        reverse=True,
        key=lambda each: (each.decision.index, each.decision.direct, *_key(quota, each)),
    )
    if len(ranked) <= limit:
        return 0
    place = [(each.decision.index, each.decision.direct, *_key(quota, each)) for each in ranked]
    kept = ranked[: _kept(place, limit, include=quota.ties == "include")]
    dropped = ranked[len(kept) :]
    for each in dropped:
        _move_down(quota, each, rules)
    return len(dropped)


def _kept(place: Sequence[_Key], limit: int, include: bool) -> int:
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
    title = rules.title(below)
    amount = quota.share or str(quota.number)
    held = rules.title(level)
    standing.decision.move(
        below,
        f"名额限制：{held.zh}不超过{amount}{'' if quota.share else '个'}，"
        f"按总分择优，未进入名额，评定为{title.zh}",
        f"quota: at most {amount} of {held.say('en')}; beyond the cut, {title.say('en')}",
    )


def _raise_weakest(quota: Quota, limit: int, members: list[Standing], rules: LevelRules) -> int:
    """Move the weakest down until a lower limit is met; return how many.

    Whoever holds a higher level by direct award, or would fall below one, is left out: it needs
    no points, so that it would always be the weakest.
    """
    level = rules.index[quota.level]
    lacking = limit - len(_holders(quota, members, rules))
    above = sorted(
        (
            each
            for each in members
            if each.decision.index > level
            and each.decision.awarded_between(level, each.decision.index + 1) == NO_LEVEL
        ),
        key=lambda each: _key(quota, each),
    )
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
    title = rules.title(level)
    for each in chosen:
        each.decision.move(
            level,
            f"末位比例：{title.zh}不少于{quota.share or quota.number}",
            f"lower quota: at least {quota.share or quota.number} of {title.say('en')}",
        )
    return len(chosen)
