"""Long lists by pages: one query for the rows of a page, one for how many there are.

Readers choose how many rows a page has; their browser keeps it for all lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from flask import Flask, Response, request
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

Row = TypeVar("Row")
SIZES = (20, 50, 100)
"""How many rows a page may have; the first where nothing was chosen."""
_CHOICE = "rows"
_WORDS, _LONGEST = "q", 100
_KEPT_FOR = 31_536_000


@dataclass(frozen=True)
class Page(Generic[Row]):
    """A page of a list: its rows, its number from 1 on, and how many rows there are in all."""

    rows: Sequence[Row]
    number: int
    total: int
    size: int

    @property
    def last(self) -> int:
        """Return the number of the last page."""
        return max(1, -(-self.total // self.size))

    @property
    def sizes(self) -> Sequence[int]:
        """Return how many rows a page may have, where it makes a difference."""
        return SIZES if self.total > SIZES[0] else ()

    def address(self, number: int) -> str:
        """Return the address of another page of the same list, its filters kept."""
        return _address(page=number)

    def address_of_size(self, size: int) -> str:
        """Return the address of the same list with so many rows a page; the first row stays."""
        return _address(page=(self.number - 1) * self.size // size + 1, rows=size)


def page_of(session: Session, query: Select[Any], total: int | None = None) -> Page[Any]:
    """Return the page of a query that this request asks for; a wrong number gives the first.

    The rows are counted, unless it is known how many there are.
    """
    number, size = _asked(), page_size()
    if total is None:
        counted = select(func.count()).select_from(query.order_by(None).subquery())
        total = session.scalar(counted) or 0
    rows = session.scalars(query.limit(size).offset((number - 1) * size)).unique().all()
    return Page(rows, number, total, size)


def page_among(rows: Sequence[Row]) -> Page[Row]:
    """Return the page that this request asks for of rows that are there already."""
    size = page_size()
    number = min(_asked(), max(1, -(-len(rows) // size)))
    return Page(rows[(number - 1) * size : number * size], number, len(rows), size)


def page_size() -> int:
    """Return how many rows a page has: as this request asks, else as the reader chose before."""
    for given in (request.args.get(_CHOICE), request.cookies.get(_CHOICE)):
        if given in _BY_NAME:
            return _BY_NAME[given]
    return SIZES[0]


def searched_words() -> str:
    """Return the words by which this request searches a list; empty where it does not."""
    return request.args.get(_WORDS, "").strip()[:_LONGEST]


def set_up_pages(app: Flask) -> None:
    """Let the browser of a reader keep how many rows a page shall have."""

    @app.after_request
    def keep_size(response: Response) -> Response:
        chosen = request.args.get(_CHOICE, "")
        if chosen in _BY_NAME and chosen != request.cookies.get(_CHOICE):
            secure = request.is_secure
            response.set_cookie(
                _CHOICE, chosen, _KEPT_FOR, samesite="Lax", httponly=True, secure=secure
            )
        return response


_BY_NAME = {str(each): each for each in SIZES}


def _asked() -> int:
    return max(1, min(request.args.get("page", 1, type=int), 1_000_000))


def _address(**changed: int) -> str:
    """Return the address of this request with other values; those of a reader stay mere values."""
    asked = {**request.args.to_dict(), **changed}
    return f"{request.script_root}{request.path}?{urlencode(asked)}"
