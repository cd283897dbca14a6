"""Reading what the platform already knows of organisations."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Row, Text, bindparam, cast, func, select, type_coerce
from sqlalchemy.orm import Session, selectinload

from evaluator.records.models import KnownFact
from evaluator.rounds.models import Round, RoundRuleSet
from evaluator.rule_sets.reading import rule_set_of
from rules.syntax import RuleSet

KnownText = tuple[int, str, str]
"""A known fact as an import compares it: its number, its value in JSON, its source."""


@dataclass(frozen=True)
class RulesOfYear:
    """The rule sets of a year by category; `digest` tells them from all others."""

    rule_sets: Mapping[str, RuleSet]
    digest: str


@dataclass(slots=True)
class KnownValue:
    """A known fact as rules read it; see `evaluator.records.models.KnownFact`."""

    fact: str
    value: Any
    source: str
    as_of: date


@dataclass(slots=True)
class KnownEntry(KnownValue):
    """A known fact as people read it, with when it was brought."""

    brought_at: datetime


@dataclass(frozen=True)
class Extent:
    """How much is known of an organisation in a year, and how recent the newest of it is."""

    count: int = 0
    newest: date | None = None


# Each save and each page of a self-assessment reads some fifty. As one text for an organisation
# they take half as long as row by row (46 of them 0.16 instead of 0.34 ms).
_GATHERED = {
    "sqlite": func.json_group_array(
        func.json_array(
            KnownFact.fact, func.json(KnownFact.value), KnownFact.source, KnownFact.as_of
        )
    ),
    "postgresql": func.json_agg(
        func.json_build_array(KnownFact.fact, KnownFact.value, KnownFact.source, KnownFact.as_of)
    ),
}
_VALUES = {
    name: select(KnownFact.organisation_id, type_coerce(gathered, JSON))
    .where(
        KnownFact.year == bindparam("year"),
        KnownFact.organisation_id.in_(bindparam("organisations", expanding=True)),
    )
    .group_by(KnownFact.organisation_id)
    for name, gathered in _GATHERED.items()
}


def known_values(
    session: Session, organisation_ids: Collection[int], year: int
) -> Mapping[int, Mapping[str, KnownValue]]:
    """Return the known facts of a year by organisation and name; the caller checked who may see."""
    asked = {"year": year, "organisations": list(organisation_ids)}
    statement = _VALUES[session.get_bind().dialect.name]
    return {
        number: {
            fact: KnownValue(fact, value, source, date.fromisoformat(as_of))
            for fact, value, source, as_of in found
        }
        for number, found in session.execute(statement, asked)
    }


def known_facts(
    session: Session, organisation_ids: Collection[int], year: int
) -> Mapping[int, Mapping[str, KnownEntry]]:
    """Return the same with when each was brought, for people to read."""
    query = select(
        KnownFact.organisation_id,
        KnownFact.fact,
        KnownFact.value,
        KnownFact.source,
        KnownFact.as_of,
        KnownFact.brought_at,
    ).where(KnownFact.year == year, KnownFact.organisation_id.in_(organisation_ids))
    found: dict[int, dict[str, KnownEntry]] = defaultdict(dict)
    for row in session.execute(query):
        found[row[0]][row[1]] = KnownEntry(*row[1:])
    return found


def find_known_fact(
    session: Session, organisation_id: int, year: int, fact: str
) -> KnownFact | None:
    """Return what is known of one fact, to be changed; the caller checked who may."""
    query = select(KnownFact).where(
        KnownFact.organisation_id == organisation_id,
        KnownFact.year == year,
        KnownFact.fact == fact,
    )
    return session.scalars(query).one_or_none()


def extents_of(
    session: Session, organisation_ids: Collection[int], year: int
) -> Mapping[int, Extent]:
    """Return how much is known of each of these organisations in a year."""
    query = (
        select(KnownFact.organisation_id, func.count(), func.max(KnownFact.as_of))
        .where(KnownFact.year == year, KnownFact.organisation_id.in_(organisation_ids))
        .group_by(KnownFact.organisation_id)
    )
    return {number: Extent(count, newest) for number, count, newest in session.execute(query)}


def facts_of_year(
    session: Session, year: int, organisation_ids: Collection[int] | None = None
) -> Mapping[int, Mapping[str, Row[tuple[object]]]]:
    """Return number, value and source of every known fact of a year, for an import to compare.

    Of all organisations where none are named. Plain rows, since a large round has more than a
    hundred thousand of them.
    """
    query = select(
        KnownFact.organisation_id, KnownFact.fact, KnownFact.id, KnownFact.value, KnownFact.source
    ).where(KnownFact.year == year)
    if organisation_ids is not None:
        query = query.where(KnownFact.organisation_id.in_(organisation_ids))
    found: dict[int, dict[str, Row[tuple[object]]]] = defaultdict(dict)
    for row in session.execute(query):
        found[row.organisation_id][row.fact] = row
    return found


def texts_of_year(
    session: Session, year: int, organisation_ids: Collection[int] | None = None
) -> Mapping[int, Mapping[str, KnownText]]:
    """Return number, value and source of every known fact of a year, for an import to compare.

    Of all organisations where none are named. Values stay the JSON texts that the database holds,
    since a large round has more than a hundred thousand of them.
    """
    text = cast(KnownFact.value, Text)
    query = select(
        KnownFact.organisation_id, KnownFact.fact, KnownFact.id, text, KnownFact.source
    ).where(KnownFact.year == year)
    if organisation_ids is not None:
        query = query.where(KnownFact.organisation_id.in_(organisation_ids))
    found: dict[int, dict[str, KnownText]] = defaultdict(dict)
    for organisation_id, fact, number, value, source in session.execute(query):
        found[organisation_id][fact] = (number, value, source)
    return found


def years_with_rule_sets(session: Session) -> list[int]:
    """Return the years of rounds that have rule sets, the newest first."""
    query = select(Round.year).join(Round.rule_sets).distinct().order_by(Round.year.desc())
    return list(session.scalars(query))


def rule_sets_of_year(session: Session, year: int) -> Mapping[str, RuleSet]:
    """Return the rule sets of the newest round of a year by category; empty where there is none."""
    return rules_of_year(session, year).rule_sets


def rules_of_year(session: Session, year: int) -> RulesOfYear:
    """Return the rule sets of the newest round of a year with what tells them from others."""
    query = (
        select(Round)
        .where(Round.year == year, Round.rule_sets.any())
        .options(selectinload(Round.rule_sets).selectinload(RoundRuleSet.stored))
        .order_by(Round.id.desc())
    )
    found = session.scalars(query.limit(1)).one_or_none()
    chosen = {each.category: each.stored for each in found.rule_sets} if found else {}
    digests = "".join(f"{name}:{chosen[name].digest}\n" for name in sorted(chosen))
    return RulesOfYear(
        {name: rule_set_of(stored) for name, stored in chosen.items()},
        hashlib.sha256(digests.encode()).hexdigest()[:16],
    )
