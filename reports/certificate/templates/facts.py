"""The facts that a text may show, and texts that have them in their midst."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reports.certificate import wording
from reports.certificate.data import Certificate, Citation

Fact = Callable[[Certificate], str]
SharedFact = Callable[[Citation | Certificate], str]

OWN: Mapping[str, Fact] = {
    "organisation": lambda award: award.organisation,
    "serial": lambda award: award.serial,
    "address": lambda award: award.printed_address,
}
"""What each certificate has alone."""

SHARED: Mapping[str, SharedFact] = {
    "level_zh": lambda award: award.level_zh,
    "level_en": lambda award: award.level_en,
    "category_zh": lambda award: award.category_zh,
    "category_en": lambda award: award.category_en,
    "year": lambda award: str(award.round_year),
    "issuer": lambda award: award.issuer,
    "date_chinese": lambda award: wording.formal_date(award.award_date),
    "date_digits": lambda award: wording.plain_date(award.award_date),
    "valid_until_chinese": lambda award: (
        wording.formal_date(award.valid_until) if award.valid_until else ""
    ),
    "valid_until_digits": lambda award: (
        wording.plain_date(award.valid_until) if award.valid_until else ""
    ),
}
"""What many certificates of a round have in common."""

NAMES = (*OWN, *SHARED)
_PLACE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Wording:
    """A text by its pieces: fixed words and facts in turn, beginning and ending with words."""

    words: tuple[str, ...]
    names: tuple[str, ...]
    own: bool

    @classmethod
    def of(cls, text: str) -> Wording:
        """Take a text apart; what stands in braces is the name of a fact."""
        pieces = _PLACE.split(text)
        names = tuple(pieces[1::2])
        return cls(tuple(pieces[::2]), names, any(name in OWN for name in names))

    @property
    def fixed(self) -> str:
        """The words that are the same on every certificate."""
        return "".join(self.words)

    def unknown(self) -> list[str]:
        """List the names that are no facts."""
        return [name for name in self.names if name not in NAMES]

    def shared_with(self, award: Citation) -> str:
        """Give the text of an award; nothing at all where one of its facts is missing."""
        return self._joined([SHARED[name](award) for name in self.names])

    def on(self, award: Certificate) -> str:
        """Give the text of a certificate; nothing at all where one of its facts is missing."""
        return self._joined([_ALL[name](award) for name in self.names])

    def _joined(self, values: list[str]) -> str:
        if not all(values):
            return ""
        first, *rest = self.words
        return first + "".join([v + w for v, w in zip(values, rest, strict=True)])


_ALL: Mapping[str, Fact] = {**OWN, **SHARED}
