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
    The QR code holds `verify_base` followed directly by `token`. What is printed to be typed is
    `address`, or the same as in the code where none is given.
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
    address: str = ""
    valid_until: datetime.date | None = None

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
    def printed_address(self) -> str:
        """The address for whoever has no camera."""
        return self.address or self.verify_url

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
            self.valid_until,
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
    valid_until: datetime.date | None = None


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
            "any font at hand; correct the name, or put a font that has them into the folder "
            f"of fonts (EVALUATOR_FONTS_FOLDER):\n{lines}"
        )


@dataclass(frozen=True, slots=True)
class Overlong:
    """A text that does not fit its field even at the smallest size, and whose it is."""

    organisation: str
    serial: str
    field: str
    text: str

    def __str__(self) -> str:
        return f"{self.organisation} ({self.serial}): {self.field}: {self.text!r}"


class OverlongTexts(Exception):
    """Nothing was written: these texts would have to be smaller than their template allows."""

    def __init__(self, template: str, found: Iterable[Overlong]) -> None:
        self.found = tuple(found)
        lines = "\n".join(f"  {text}" for text in self.found)
        super().__init__(
            f"no certificate was written: {len(self.found)} text(s) do not fit the template "
            f"{template} even at the smallest size; shorten the text, or make its field's box "
            f"larger:\n{lines}"
        )
