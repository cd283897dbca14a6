"""Counting how often a page asks the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session


def queries_of(session: Session, act: Callable[[], Any]) -> int:
    """Return how many statements something sends."""
    sent: list[str] = []

    def note(*given: Any) -> None:
        if not given[2].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            sent.append(given[2])

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(sent)
