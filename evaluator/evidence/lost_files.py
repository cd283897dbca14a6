"""Stored files that no row names, left where the service was killed between a file and its row.

Evidence names its files in advance, see `evaluator.evidence.storing`. Files that are stored with
their row in one unit of work are looked after here; that work adds the row first and then stores
the file, so that whoever holds the rows' table finds no file that is just about to get its row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from evaluator.evidence.consistency import Flaw
from evaluator.evidence.models import Upload
from evaluator.evidence.uploads import FOLDER
from evaluator.storage import Storage


@dataclass(frozen=True)
class Named:
    """A folder of the storage, and the column by which rows name its files."""

    folder: str
    column: InstrumentedAttribute[str]


def flaws_of(session: Session, kept: Storage, named: Named) -> Iterator[Flaw]:
    """Yield every file of a folder without a row, and every row without its file.

    Rows are read before and after the files: what is stored meanwhile is no flaw.
    """
    before = _names(session, named)
    session.rollback()
    stored = set(kept.keys(named.folder))
    after = _names(session, named)
    for key in sorted(stored - after - before):
        yield Flaw("file without a row", key)
    for key in sorted(before & after - stored):
        yield Flaw("row without its file", key)


def _names(session: Session, named: Named) -> set[str]:
    """Return the files that rows name; an empty name is none."""
    return set(session.scalars(select(named.column).where(named.column != "").distinct()))


def forget_lost(session: Session, kept: Storage, named: Iterable[Named]) -> int:
    """Set aside the files that no row names, and return how many they were.

    They are not deleted: a service that was started with the wrong database knows none of them.
    It may run beside the service: it waits for whoever is storing such a file.
    """
    count = 0
    for each in named:
        _hold(session, each)
        names = _names(session, each)
        lost = [key for key in kept.keys(each.folder) if key not in names]
        for key in lost:
            kept.set_aside(key)
        count += len(lost)
    return count + _forget_chunks(session, kept)


def _forget_chunks(session: Session, kept: Storage) -> int:
    """Remove chunks of uploads that were ended; no token comes back, so nobody wants them."""
    stored = list(kept.keys(FOLDER))
    tokens = set(session.scalars(select(Upload.token)))
    return _delete(kept, (key for key in stored if key.split("/")[1] not in tokens))


def _delete(kept: Storage, keys: Iterable[str]) -> int:
    lost = list(keys)
    for key in lost:
        kept.delete(key)
    return len(lost)


def _hold(session: Session, named: Named) -> None:
    """Let nobody add a row that names a file until this unit of work is done.

    SQLite has one writer at a time anyhow.
    """
    if session.get_bind().dialect.name == "postgresql":
        table: Any = named.column.table
        session.execute(text(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE"))
