"""The pages of an application as a PDF file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from reports.application.data import ApplicationPaper
from reports.application.layout import pages_of
from reports.application.sheets import DIGITS, Foot, write_sheets
from reports.application.typesetting import printable
from reports.certificate.font import Font

Part = TypeVar("Part")


def write_application(paper: ApplicationPaper) -> bytes:
    """Return the PDF of an application; the same application gives the same bytes."""
    paper = printable_part(paper)
    font = Font.of([*texts_of(paper), DIGITS])
    foot = Foot(paper.footer, paper.page_words)
    return write_sheets(pages_of(paper, font), font, foot, f"{paper.title} {paper.organisation}")


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
