"""All texts of a paper: made fit for print, and gathered for its font."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from reports.sheets.typesetting import printable

Part = TypeVar("Part")


def printable_part(part: Part) -> Part:
    """Return a part of a paper with every text as it can be printed."""
    changed = {each.name: _plain(getattr(part, each.name)) for each in fields(part)}  # type: ignore[arg-type]
    return replace(part, **changed)  # type: ignore[type-var]


def _plain(value: object) -> object:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, bytes):
        return value
    if is_dataclass(value):
        return printable_part(value)
    return [_plain(each) for each in value]  # type: ignore[attr-defined]


def texts_of(value: object) -> Iterator[str]:
    """Yield every text of a paper."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for each in fields(value):
            yield from texts_of(getattr(value, each.name))
    elif not isinstance(value, bytes):
        for each in value:  # type: ignore[attr-defined]
            yield from texts_of(each)
