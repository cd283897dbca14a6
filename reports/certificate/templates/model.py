"""What a template says: a page, its ornaments and its fields; lengths are millimetres."""

from __future__ import annotations

from dataclasses import dataclass

POINTS = 72 / 25.4  # in a millimetre


@dataclass(frozen=True, slots=True)
class Page:
    """The sheet as it is cut, what is printed beyond its edge, and what is kept free inside."""

    width: float
    height: float
    bleed: float
    margin: float


@dataclass(frozen=True, eq=False, slots=True)
class Template:
    """A kind of certificate; each one that was read is itself alone, whatever it says."""

    name: str
    page: Page
