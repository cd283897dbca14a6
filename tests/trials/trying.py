"""Facts of a small round, the rules to try on it, and what the page says of it."""

from __future__ import annotations

import re
from typing import Any

from district import RULES
from sqlalchemy.orm import Session

from evaluator.database import now
from evaluator.organisations.models import Organisation
from evaluator.records.models import KnownFact

STRICTER = RULES.replace('version: "1"', 'version: "2"').replace("each: 4", "each: 6")
"""Two meetings more are asked for, 20 points of whoever held four."""


def judged(points: str) -> dict[str, str]:
    return {"value": points, "reason": "已核"}


def know(session: Session, branch: Organisation, **facts: Any) -> None:
    others = {} if len(facts) == 1 else {"brand": "true", "satisfied": "80%"}
    for name, value in {**facts, **others, "of_another_category": "1"}.items():
        session.add(
            KnownFact(
                organisation_id=branch.id, year=2026, fact=name, value=value, source="imported",
                as_of=now().date(), brought_at=now(),
            )
        )  # fmt: skip
    session.commit()


def outcome(page: str) -> list[int]:
    """Return how many fall, rise and stay, as the page says."""
    said = page.split('class="outcome"')[1].split("</p>")[0]
    return [int(each) for each in re.findall(r"<b>(\d+)</b>", said)]
