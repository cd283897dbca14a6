"""Counting what is asked of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


@contextmanager
def counted(*, savepoints: bool = False) -> Iterator[list[str]]:
    """Yield the statements that are sent meanwhile, those of savepoints left out unless wanted."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if savepoints or not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def queries_of(act: Callable[[], Any]) -> int:
    """Return how many statements something sends."""
    with counted() as sent:
        act()
    return len(sent)
