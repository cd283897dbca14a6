"""What a certificate says, and what stops it from being printed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Certificate:
    """One award on paper; `model` marks the level above five stars, with laurel and ribbon.

    A level that is not told in stars has none, and none are shown.
    The QR code holds `verify_base` followed directly by `token`.
    """

    organisation: str
    level_zh: str
    level_en: str
    stars: int
    round_year: int
    category_zh: str
    category_en: str
    issuer: str
    award_date: datetime.date
    serial: str
    token: str
    verify_base: str
    model: bool = False

    def __post_init__(self) -> None:
        if not 1 <= len(self.organisation) <= LONGEST_NAME:
            raise ValueError(
                f"certificate {self.serial}: the organisation's name has "
                f"{len(self.organisation)} characters; 1 to {LONGEST_NAME} fit on the page"
            )
        if not 0 <= self.stars <= 5:
            raise ValueError(f"certificate {self.serial}: {self.stars} stars; 0 to 5 can be shown")
        if self.model and self.stars != 5:
            raise ValueError(f"certificate {self.serial}: a model has 5 stars, not {self.stars}")

    @property
    def verify_url(self) -> str:
        """The address that the QR code holds."""
        return self.verify_base + self.token

    @property
    def citation(self) -> Citation:
        """The words that many certificates of one round share."""
        return Citation(
            self.level_zh,
            self.level_en,
            self.stars,
            self.model,
            self.round_year,
            self.category_zh,
            self.category_en,
            self.issuer,
            self.award_date,
        )


@dataclass(frozen=True, slots=True)
class Citation:
    """The part of a certificate that is drawn once and used on many pages."""

    level_zh: str
    level_en: str
    stars: int
    model: bool
    round_year: int
    category_zh: str
    category_en: str
    issuer: str
    award_date: datetime.date


@dataclass(frozen=True, slots=True)
class MissingGlyph:
    """A character that no font at hand can draw, and the organisation that needs it."""

    organisation: str
    character: str
    code_point: int

    def __str__(self) -> str:
        return f"{self.organisation}: {self.character!r} (U+{self.code_point:04X})"


class MissingGlyphs(Exception):
    """Nothing was written: these characters have no glyph in the embedded fonts."""

    def __init__(self, missing: Iterable[MissingGlyph]) -> None:
        self.missing = tuple(missing)
        lines = "\n".join(f"  {glyph}" for glyph in self.missing)
        super().__init__(
            f"no certificate was written: {len(self.missing)} character(s) have no glyph in "
            f"Noto Serif SC or Noto Sans SC; correct the name or add a font:\n{lines}"
        )
