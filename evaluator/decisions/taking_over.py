"""Taking a department's list over: its findings are kept, and the scoring reads them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.audit.lines import LinesAbout
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.decisions.carriers import BROUGHT_BY, Carrier
from evaluator.decisions.deciding import hold_decisions
from evaluator.decisions.joint_check import Row, preview_of
from evaluator.decisions.models import DepartmentList, Finding
from evaluator.decisions.policy import require_deciding
from evaluator.decisions.queries import stored_for
from evaluator.decisions.scored import category_of
from evaluator.organisations.details import today
from evaluator.records.operations import set_known_facts
from evaluator.records.queries import known_facts
from evaluator.records.sources import source_text
from evaluator.rounds.models import Participant, Round
from evaluator.scoring.round import Category
from evaluator.storage import storage
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

log_finding = LinesAbout[Finding]("finding", lambda finding: finding.participant.path)


def take_over(
    session: Session,
    actor: Actor,
    *,
    made: Round,
    department: str,
    file: tuple[str, Path],
    previewed: str,
) -> DepartmentList:
    """Keep the findings of a list exactly as its preview showed them; `file` is name and place."""
    require_deciding(session, actor)
    hold_decisions(session, made)
    name, path = file
    preview = preview_of(session, actor, made=made, department=department, path=path)
    if not preview.can_be_confirmed or preview.digest() != previewed:
        raise Refusal(
            gettext(
                "What this list would do has changed since the preview, so nothing was taken "
                "over. Look at the new preview, then confirm again."
            )
        )
    kept = _keep_list(session, actor, made, department, name, path.read_bytes())
    for row in preview.rows:
        _keep_finding(session, actor, made, kept, row)
    return kept


def _keep_list(
    session: Session, actor: Actor, made: Round, department: str, name: str, content: bytes
) -> DepartmentList:
    digest = hashlib.sha256(content).hexdigest()
    kept = DepartmentList(
        round_id=made.id,
        department=department,
        file_name=name,
        digest=digest,
        storage_key=f"department-lists/{digest[:2]}/{digest}",
        account_id=actor.account_id,
        at=now(),
    )
    session.add(kept)
    session.flush()
    storage().put(kept.storage_key, content)
    write_line(
        session,
        actor,
        action="joint_check.take_over",
        subject="round",
        subject_id=made.id,
        after={"department": department, "file": digest, "list": kept.id},
    )
    return kept


def _keep_finding(
    session: Session, actor: Actor, made: Round, kept: DepartmentList, row: Row
) -> None:
    assert row.participant and row.veto and row.on  # noqa: S101, PT018 - it has no problem
    finding = Finding(
        found_in=kept,
        participant=row.participant,
        veto=row.veto.id,
        on=row.on,
        person=row.brought.person,
        text=row.brought.text,
    )
    session.add(finding)
    if row.carrier:
        value = value_with(session, finding, made, row.carrier)
        finding.fact, finding.given = row.carrier.fact, row.carrier.event
        set_fact(session, actor, made, finding, value)
    session.flush()
    log_finding(session, actor, finding, "add", after=told(finding))


def value_with(session: Session, finding: Finding, made: Round, carrier: Carrier) -> Any:
    """Return the value of the fact with a finding, on top of what is known of it now."""
    known = known_value(session, finding.participant, made, carrier.fact)
    if carrier.event:
        return [*(known if isinstance(known, list) else []), carrier.event]
    if isinstance(known, str) and known.isdecimal():
        return str(int(known) + 1)
    return carrier.value


def known_value(session: Session, participant: Participant, made: Round, fact: str) -> Any:
    """Return what is known of a fact of a participant in the year of a round."""
    session.flush()
    number = participant.organisation_id
    found = known_facts(session, [number], made.year).get(number, {}).get(fact)
    return found.value if found else None


def set_fact(session: Session, actor: Actor, made: Round, finding: Finding, value: Any) -> None:
    """Let the scoring read a value, with the source that the rule set names for its fact."""
    source = (
        category_of(stored_for(made, finding.participant.category))
        .rule_set.facts[finding.fact]
        .source
    )
    set_known_facts(
        session,
        actor,
        organisation_id=finding.participant.organisation_id,
        year=made.year,
        values={finding.fact: value},
        source=source_text(source),
        as_of=finding.on,
    )


def clear_others(session: Session, actor: Actor, *, made: Round) -> int:
    """Let it be known that nothing was found against all others; return against how many.

    Whoever has no list yet of what departments may find gets an empty one.
    """
    require_deciding(session, actor)
    participants = session.scalars(
        select(Participant).where(Participant.round_id == made.id).order_by(Participant.code)
    ).all()
    known = known_facts(session, [each.organisation_id for each in participants], made.year)
    categories = {each.category: category_of(each.stored) for each in made.rule_sets}
    lists = {name: _lists_of(category) for name, category in categories.items()}
    cleared = 0
    for each in participants:
        there = known.get(each.organisation_id, {})
        lacking = lists[each.category].keys() - there.keys()
        for fact in sorted(lacking):
            set_known_facts(
                session,
                actor,
                organisation_id=each.organisation_id,
                year=made.year,
                values={fact: []},
                source=lists[each.category][fact],
                as_of=today(),
            )
        cleared += bool(lacking)
    return cleared


def _lists_of(category: Category) -> dict[str, str]:
    """Return the lists of events by which departments veto, with their sources."""
    names = category.scorer.program.names
    assert names is not None  # noqa: S101 - a program that was lowered has them
    read = {fact for veto in category.rule_set.vetoes for fact in names.facts_of(veto.when)}
    return {
        name: source_text(fact.source)
        for name, fact in category.rule_set.facts.items()
        if name in read and fact.type == "events" and fact.source.kind in BROUGHT_BY
    }


def told(finding: Finding) -> dict[str, Any]:
    """Return a finding as the log holds it."""
    return {
        "veto": finding.veto,
        "on": finding.on,
        "person": finding.person,
        "text": finding.text,
        "fact": finding.fact,
        "evidence": finding.evidence_key,
    }
