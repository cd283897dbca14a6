"""The names of organisations, for a log that speaks of them by their paths.

The log lies below the register, which writes to it; so it knows of the register only that these
columns are there, and reads them without its models.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import column, or_, select, table
from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission

_ORGANISATIONS = table("organisation", column("id"), column("code"), column("name"), column("path"))
MOST = 20


def names_of(session: Session, paths: Iterable[str]) -> Mapping[str, str]:
    """Return the name of the organisation at the end of each path, as it is called now."""
    numbers = {path: number_at(path) for path in set(paths) if path}
    rows = _ORGANISATIONS.c
    query = select(rows.id, rows.name).where(rows.id.in_(set(numbers.values())))
    names = dict(session.execute(query).all()) if numbers else {}
    return {path: names.get(number, "") for path, number in numbers.items()}


def all_names(session: Session) -> Mapping[int, str]:
    """Return the names of all organisations by number, for a table of the whole log."""
    rows = _ORGANISATIONS.c
    return dict(session.execute(select(rows.id, rows.name)).all())


def number_at(path: str) -> int:
    """Return the number of the organisation at the end of a path, 0 where it has none."""
    return int(path.strip("/").rpartition("/")[2] or 0)


def meant(session: Session, actor: Actor, words: str) -> list[int]:
    """Return the numbers of the organisations of a code or name where the actor reads the log."""
    rows = _ORGANISATIONS.c
    places = actor.places(Permission.READ_AUDIT)
    query = select(rows.id).where(
        or_(rows.code == words, rows.name.icontains(words, autoescape=True)),
        or_(False, *(rows.path.startswith(place, autoescape=True) for place in places)),
    )
    return list(session.scalars(query.order_by(rows.id).limit(MOST)))
