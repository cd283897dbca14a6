"""Lists by parts: each part goes on after the last number that was read, whatever was added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute, Session


def part_of(
    session: Session,
    query: Select[Any],
    number: InstrumentedAttribute[int],
    asked: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the rows of a query after a number, by number, and where the next part begins."""
    wanted = query.where(number > asked["after"]).order_by(None).order_by(number)
    rows = session.scalars(wanted.limit(asked["limit"] + 1)).unique().all()
    more = len(rows) > asked["limit"]
    rows = rows[: asked["limit"]]
    return {"rows": rows, "next": getattr(rows[-1], number.key) if more else None}
