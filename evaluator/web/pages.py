"""Long lists by pages: one query for the rows of a page, one for how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

Row = TypeVar("Row")
SIZE = 50


@dataclass(frozen=True)
class Page(Generic[Row]):
    """A page of a list: its rows, its number from 1 on, and how many rows there are in all."""

    rows: Sequence[Row]
    number: int
    total: int

    @property
    def last(self) -> int:
        """Return the number of the last page."""
        return max(1, -(-self.total // SIZE))

    def address(self, number: int) -> str:
        """Return the address of another page of the same list, its filters kept."""
        from flask import url_for

        kept = {key: value for key, value in request.args.items() if key != "page"}
        values = {**(request.view_args or {}), **kept, "page": number}
        return url_for(request.endpoint or "", **values)


def page_of(session: Session, query: Select[Any]) -> Page[Any]:
    """Return the page of a query that this request asks for; a wrong number gives the first."""
    asked = request.args.get("page", 1, type=int)
    number = max(1, min(asked, 1_000_000))
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    total = session.scalar(counted) or 0
    rows = session.scalars(query.limit(SIZE).offset((number - 1) * SIZE)).unique().all()
    return Page(rows, number, total)
