"""What happens with known facts: they are brought in with their source, and replace older ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.organisations.models import Organisation
from evaluator.records.models import KnownFact


def set_known_facts(
    session: Session,
    actor: Actor,
    *,
    organisation_id: int,
    year: int,
    values: Mapping[str, Any],
    source: str,
    as_of: date,
) -> None:
    """Keep values of facts of an organisation for a year; the caller checked who may.

    `values` are as the readers of facts take them: a text, or a list of texts or of events.
    """
    query = select(KnownFact).where(
        KnownFact.organisation_id == organisation_id,
        KnownFact.year == year,
        KnownFact.fact.in_(values),
    )
    there = {fact.fact: fact for fact in session.scalars(query)}
    before = {name: {"value": fact.value, "source": fact.source} for name, fact in there.items()}
    for name, value in values.items():
        fact = there.get(name)
        if fact is None:
            fact = KnownFact(organisation_id=organisation_id, year=year, fact=name)
            session.add(fact)
        fact.value, fact.source, fact.as_of = value, source, as_of
        fact.brought_at, fact.account_id = now(), actor.account_id
    after = {name: {"value": value, "source": source} for name, value in values.items()}
    organisation = session.get_one(Organisation, organisation_id)
    log_known_facts(session, actor, organisation, year, before=before, after=after)


def log_known_facts(
    session: Session,
    actor: Actor,
    organisation: Organisation,
    year: int,
    *,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    reason: str = "",
) -> None:
    """Write the audit line of facts of one organisation that became known."""
    write_line(
        session,
        actor,
        action="known_facts.set",
        subject="organisation",
        subject_id=organisation.id,
        organisation_path=organisation.path,
        before=before,
        after={**after, "year": year},
        reason=reason,
    )
