"""What happens with known facts: they are brought in, replace older ones, and are withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.organisations.models import Organisation
from evaluator.organisations.writing import take_turn
from evaluator.records.models import KnownFact
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext


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


def withdraw_known_facts(
    session: Session,
    actor: Actor,
    *,
    organisation_id: int,
    year: int,
    facts: Collection[str],
    reason: str,
) -> None:
    """Let values be known no more, as if nobody had brought them; the caller checked who may.

    What they were, and why they went, stays in the audit log.
    """
    query = select(KnownFact).where(
        KnownFact.organisation_id == organisation_id,
        KnownFact.year == year,
        KnownFact.fact.in_(facts),
    )
    there = session.scalars(query.order_by(KnownFact.id).with_for_update()).all()
    if not there:
        return
    before = {each.fact: {"value": each.value, "source": each.source} for each in there}
    for each in there:
        session.delete(each)
    session.flush()
    organisation = session.get_one(Organisation, organisation_id)
    write_line(
        session,
        actor,
        action="known_facts.withdraw",
        subject="organisation",
        subject_id=organisation.id,
        organisation_path=organisation.path,
        before=before,
        after={"year": year},
        reason=reason,
    )


def withdraw_record(
    session: Session, actor: Actor, *, organisation: Organisation, known: KnownFact, seen: str,
    reason: str,
) -> None:  # fmt: skip
    """Withdraw one value that somebody looked at; refuses where another has come since.

    `seen` is the moment at which the value that was looked at had been brought.
    """
    actor.require(Permission.IMPORT_RECORDS, organisation.path)
    # An import that is being taken over compares with what is known; it must not move meanwhile.
    take_turn(session)
    session.refresh(known)
    if known.brought_at.isoformat() != seen:
        raise Refusal(
            gettext("Another value has come since you opened the page. Look at it, then decide.")
        )
    withdraw_known_facts(
        session,
        actor,
        organisation_id=organisation.id,
        year=known.year,
        facts=[known.fact],
        reason=reason,
    )


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
