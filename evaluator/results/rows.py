"""Results as flat rows, one for each organisation and one for each of its indicators."""

from __future__ import annotations

import base64
import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from evaluator.scoring.levels import NO_LEVEL
from evaluator.scoring.round import Result
from rules.lowering import indicators_of
from rules.numbers import points_text
from rules.syntax import Level, RuleSet

TOKEN_BYTES = 10
STATUS_ZH = {
    "rated": "已评定",
    "unrated": "未评星级",
    "not_rated": "不参加评定",
    "not_applied": "未申报",
    "refused": "数据有误",
}


@dataclass(frozen=True)
class ResultRow:
    """One organisation's result; `total` is exact, `serial` and `token` are its certificate's."""

    id: str
    name: str
    committee: str
    category: str
    category_zh: str
    category_en: str
    year: int
    rule_set: str
    version: str
    digest: str
    status: str
    total: Decimal | None
    level: str
    level_zh: str
    level_en: str
    stars: int
    laurel: bool
    certificate: bool
    previous_level: str
    steps_zh: str
    serial: str
    token: str
    issuer: str
    award_date: str


@dataclass(frozen=True)
class PointsRow:
    """One indicator of one organisation."""

    id: str
    category: str
    indicator: str
    title_zh: str
    points: Decimal
    max: Decimal


def exact(points: int) -> Decimal:
    """Return points as an exact decimal."""
    return Decimal(points_text(points))


def result_rows(results: Iterable[Result]) -> list[ResultRow]:
    """Return the rows of a round; serial numbers follow the organisations' ids."""
    ordered = list(results)
    return [_row(each, serial) for each, serial in zip(ordered, _serials(ordered), strict=True)]


def level_of(result: Result) -> Level | None:
    """Return the level that an organisation was given."""
    if result.decision is None or result.decision.index == NO_LEVEL:
        return None
    return result.category.levels.levels[result.decision.index]


def status_of(result: Result) -> str:
    """Return how far an organisation came: refused, not_applied, not_rated, unrated or rated."""
    if result.refused:
        return "refused"
    if result.decision is None:
        return "not_applied"
    if not result.decision.rated:
        return "not_rated"
    return "rated" if level_of(result) else "unrated"


def _serials(results: list[Result]) -> list[str]:
    """Return a serial number for each certificate, empty where there is none.

    Categories may share the three letters of a serial number: they are counted together, in the
    order of the organisations' ids.
    """
    count: Counter[str] = Counter()
    serials = [""] * len(results)
    places = sorted(range(len(results)), key=lambda place: _turn(results[place]))
    for place in places:
        level = level_of(results[place])
        if level and level.certificate:
            series = series_of(results[place].category.rule_set)
            count[series] += 1
            serials[place] = f"{series}-{count[series]:04d}"
    return serials


def _turn(result: Result) -> tuple[str, str]:
    return result.organisation.id, result.organisation.category


def series_of(rule_set: RuleSet) -> str:
    """Return what the serial numbers of a category's certificates begin with."""
    return f"{rule_set.period.to.year}-{rule_set.category[:3].upper()}"


def _row(result: Result, serial: str) -> ResultRow:
    rule_set, organisation = result.category.rule_set, result.organisation
    category = rule_set.category_title or rule_set.title
    level = level_of(result)
    digest = result.category.scorer.program.digest
    total = exact(result.assessment.total) if result.assessment else None
    steps = result.decision.steps if result.decision else []
    return ResultRow(
        id=organisation.id,
        name=organisation.name,
        committee=organisation.committee,
        category=organisation.category,
        category_zh=category.zh,
        category_en=category.say("en"),
        year=rule_set.period.to.year,
        rule_set=rule_set.rule_set,
        version=rule_set.version,
        digest=digest,
        status=status_of(result),
        total=total,
        level=level.id if level else "",
        level_zh=level.title.zh if level else "",
        level_en=level.title.say("en") if level else "",
        stars=level.stars if level else 0,
        laurel=bool(level and level.laurel),
        certificate=bool(serial),
        previous_level=organisation.previous_level,
        steps_zh="；".join(step.zh for step in steps),
        serial=serial,
        token=token_of(digest, organisation.id, level.id, serial) if level and serial else "",
        issuer=rule_set.issuer.zh if rule_set.issuer else "",
        award_date=award_date_of(rule_set).isoformat(),
    )


def award_date_of(rule_set: RuleSet) -> datetime.date:
    """Return the day of the award by the procedure, or the last day of the period."""
    awards = [step.from_ for step in rule_set.procedure if step.step == "award" and step.from_]
    return awards[0] if awards else rule_set.period.to


def token_of(*parts: str) -> str:
    """Return the token that a certificate's QR code holds: a digest of the result, in base 32."""
    digest = hashlib.sha256("\n".join(parts).encode()).digest()
    return base64.b32encode(digest[:TOKEN_BYTES]).decode()


def points_rows(results: Iterable[Result]) -> Iterator[PointsRow]:
    """Yield the points of every indicator of every organisation that was scored."""
    for each in results:
        if each.assessment is None:
            continue
        for indicator in indicators_of(each.category.rule_set):
            yield PointsRow(
                each.organisation.id,
                each.organisation.category,
                indicator.id,
                indicator.title.zh,
                exact(each.assessment.points(indicator)),
                exact(indicator.points),
            )
