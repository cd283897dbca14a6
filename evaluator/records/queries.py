"""Reading what the platform already knows of organisations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.records.models import KnownFact


def known_facts(
    session: Session, organisation_ids: Collection[int], year: int
) -> Mapping[int, Mapping[str, KnownFact]]:
    """Return the known facts of a year by organisation and name; the caller checked who may see."""
    query = select(KnownFact).where(
        KnownFact.year == year, KnownFact.organisation_id.in_(organisation_ids)
    )
    found: dict[int, dict[str, KnownFact]] = defaultdict(dict)
    for fact in session.scalars(query):
        found[fact.organisation_id][fact.fact] = fact
    return found
