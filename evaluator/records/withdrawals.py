"""What was known of an organisation and is known no more, told from the log."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.audit.models import AuditLine
from evaluator.organisations.models import Organisation
from evaluator.records.sources import source_words
from rules.syntax import RuleSet

_WITHDRAW = "known_facts.withdraw"
_MOST = 50


@dataclass(frozen=True)
class Withdrawal:
    """One fact that was withdrawn; its value is left to those who read the log."""

    label: str
    source: str
    at: datetime
    who: str
    reason: str


def withdrawals_of(
    session: Session,
    organisation: Organisation,
    year: int,
    rule_set: RuleSet | None,
    language: str,
) -> Sequence[Withdrawal]:
    """Return what was withdrawn of a year, the latest first; the caller checked who may see it."""
    query = select(AuditLine).where(
        AuditLine.action == _WITHDRAW,
        AuditLine.subject == "organisation",
        AuditLine.subject_id == organisation.id,
    )
    labels = (
        {name: fact.label.say(language) for name, fact in rule_set.facts.items()}
        if rule_set
        else {}
    )
    return [
        Withdrawal(
            labels.get(name, name),
            source_words(was["source"], language),
            line.at,
            line.account_name,
            line.reason,
        )
        for line in session.scalars(query.order_by(AuditLine.number.desc()).limit(_MOST))
        if json.loads(line.after).get("year") == year
        for name, was in json.loads(line.before).items()
    ]
