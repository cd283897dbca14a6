"""What becomes of a finding: evidence is attached to it, and it is lifted with a reason."""

from __future__ import annotations

import hashlib

from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.database import now
from evaluator.decisions.carriers import without
from evaluator.decisions.deciding import hold_decisions
from evaluator.decisions.models import Finding
from evaluator.decisions.policy import require_deciding
from evaluator.decisions.queries import findings_on, stored_for
from evaluator.decisions.scored import category_of
from evaluator.decisions.taking_over import known_value, log_finding, set_fact, told
from evaluator.evidence.checks.verdict import Checked
from evaluator.rounds.models import Round
from evaluator.storage import storage
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext


def attach(
    session: Session, actor: Actor, *, finding: Finding, version: int, name: str, checked: Checked
) -> None:
    """Keep the evidence of a finding, checked; an earlier file stays in the storage."""
    require_deciding(session, actor)
    _hold(session, finding, version)
    before = told(finding)
    digest = hashlib.sha256(checked.content).hexdigest()
    finding.evidence_key = f"findings/{digest[:2]}/{digest}"
    finding.evidence_name, finding.evidence_type = name, checked.media_type
    session.flush()
    # The file is there before others can see its row, see `evaluator.evidence.lost_files`.
    storage().put(finding.evidence_key, checked.content)
    log_finding(session, actor, finding, "attach", before=before, after=told(finding))


def lift(
    session: Session, actor: Actor, *, made: Round, finding: Finding, version: int, reason: str
) -> None:
    """Lift a finding: it stays with the reason, and the scoring reads it no more."""
    require_deciding(session, actor)
    hold_decisions(session, made)
    _hold(session, finding, version)
    if not finding.counts:
        raise Refusal(gettext("This finding was lifted already."))
    if not reason.strip():
        raise Refusal(gettext("Say why: those concerned will read it."))
    finding.lifted_at, finding.lifted_by = now(), actor.account_id
    finding.lifted_because = reason.strip()
    session.flush()
    if finding.fact:
        _take_out(session, actor, made, finding)
    after = {"lifted": True, "fact": finding.fact}
    log_finding(session, actor, finding, "lift", before=told(finding), after=after, reason=reason)


def _hold(session: Session, finding: Finding, version: int) -> None:
    session.refresh(finding, with_for_update={"key_share": True, "of": Finding})
    if finding.version != version:
        raise Refusal(gettext("This was changed in the meantime. Open the page anew."))


def _take_out(session: Session, actor: Actor, made: Round, finding: Finding) -> None:
    """Take a finding out of its fact; a truth stays while another finding says it as well."""
    category = category_of(stored_for(made, finding.participant.category))
    fact = category.rule_set.facts[finding.fact]
    if fact.type == "boolean" and _others(session, finding):
        return
    known = known_value(session, finding.participant, made, finding.fact)
    set_fact(session, actor, made, finding, without(known, fact, finding.given))


def _others(session: Session, finding: Finding) -> bool:
    there = findings_on(session, [finding.participant_id]).get(finding.participant_id, ())
    return any(
        each.counts and each.fact == finding.fact and each.id != finding.id for each in there
    )
