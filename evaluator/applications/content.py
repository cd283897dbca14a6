"""What is submitted, as canonical JSON: all that the application says, and the rule set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from evaluator.applications.draft import Draft
from evaluator.audit.operations import canonical
from rules.lowering import indicators_of
from rules.numbers import points_text

Evidence = Mapping[str, Sequence[Mapping[str, str]]]
"""The files of each indicator: name and SHA-256 of each."""


@dataclass(frozen=True)
class Declaration:
    """What the branch declares with its application; the level only where one is claimed."""

    secretary: str
    claimed_level: str = ""


def content_of(
    draft: Draft, declaration: Declaration, evidence: Evidence, number: int, at: datetime
) -> str:
    """Return the content of a submission; `facts` are as the readers of the scoring take them."""
    participant, found = draft.participant, draft.found
    content = {
        "round": {"id": participant.round_id, "year": participant.round.year},
        "organisation": _organisation(draft),
        "rule_set": draft.ready.digest,
        "number": number,
        "submitted_at": at.isoformat(),
        "secretary": declaration.secretary,
        "claimed_level": declaration.claimed_level,
        "facts": draft.sheet.values(),
        "sources": _sources(draft),
        "self_points": {
            each.id: points_text(found.assessment.points(each))
            for each in indicators_of(draft.ready.rule_set)
            if each.id not in found.waiting
        },
        "self_total": points_text(found.assessment.total),
        "evidence": evidence,
    }
    return canonical(content)


def digest_of(content: str) -> str:
    """Return the digest that stands on the receipt."""
    return sha256(content.encode()).hexdigest()


def _organisation(draft: Draft) -> dict[str, Any]:
    organisation = draft.sheet.organisation
    return {
        "code": organisation.id,
        "name": organisation.name,
        "category": organisation.category,
        "committee": organisation.committee,
        "previous_level": organisation.previous_level,
        "years_at_level": organisation.years_at_level,
        "attributes": dict(organisation.attributes),
    }


def _sources(draft: Draft) -> dict[str, Any]:
    """Return where each fact comes from: known, with its date, or said by the branch, and why."""
    known = {
        name: {"from": fact.source, "as_of": fact.as_of.isoformat(), "value": fact.value}
        for name, fact in draft.sheet.known.items()
    }
    answered = {
        name: {"from": answer.origin.value, "reason": answer.reason}
        for name, answer in draft.sheet.answers.items()
        if draft.sheet.counts(answer)
    }
    return {
        name: {**known.get(name, {}), **answered.get(name, {})}
        for name in sorted({*known, *answered})
    }
