"""The audit log for programs."""

from __future__ import annotations

import json
from typing import Any

from evaluator.access import Permission, current_actor, needs
from evaluator.api.listings import part_of
from evaluator.api.operations import Operations
from evaluator.api.schemas import outcomes as schemas
from evaluator.api.schemas.lists import listing_of
from evaluator.audit.models import AuditLine
from evaluator.audit.queries import Wanted, visible_lines
from evaluator.database import db

blueprint = Operations("audit", "Audit log")
_AS_THEY_ARE = (
    "number", "at", "account_id", "account_name", "address", "action", "subject", "subject_id",
    "organisation_path", "reason", "digest",
)  # fmt: skip


@blueprint.get("/audit-lines")
@needs(Permission.READ_AUDIT)
@blueprint.arguments(schemas.LinesWanted, location="query")
@blueprint.response(200, listing_of(schemas.AuditLine))
def listing(asked: dict[str, Any]) -> dict[str, Any]:
    """List the lines of the audit log that the caller may read, the oldest first."""
    place = asked.get("organisation_id")
    wanted = Wanted(
        who=asked["who"].strip(),
        subject=asked["subject"],
        subject_id=asked.get("subject_id"),
        action=asked["action"],
        organisations=None if place is None else (place,),
        since=asked.get("since"),
        until=asked.get("until"),
    )
    query = visible_lines(current_actor(), wanted)
    part = part_of(db.session, query, AuditLine.number, asked)
    return {**part, "rows": [_shown(each) for each in part["rows"]]}


def _shown(line: AuditLine) -> dict[str, Any]:
    return {
        **{name: getattr(line, name) for name in _AS_THEY_ARE},
        "before": json.loads(line.before),
        "after": json.loads(line.after),
    }
