"""What a certificate says, pinned for ever: paper and pages are drawn of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date

from evaluator.awards.models import Award
from evaluator.awards.validity import level_of
from evaluator.credentials.facts import PrintedFacts
from reports.certificate import Certificate as Paper
from rules.syntax import RuleSet, Words

ISSUER = Words("中共示例区委组织部", "Organisation Department of the Example District")
"""Who awards where a rule set does not say."""


@dataclass(frozen=True)
class Pinned:
    """Everything that a certificate shows, besides its token."""

    serial: str
    organisation: str
    level: str
    level_zh: str
    level_en: str
    stars: int
    laurel: bool
    category: str
    category_zh: str
    category_en: str
    year: int
    issuer: str
    awarded_on: date
    valid_until: date | None
    address: str
    """What stands before the token in the QR code."""

    @classmethod
    def of(cls, award: Award, rules: RuleSet, *, name: str, serial: str, address: str) -> Pinned:
        """Return what a certificate of an award says now."""
        level = level_of(rules, award.level)
        if level is None:
            raise ValueError(f"award {award.id}: its rules have no level {award.level!r}")
        category = rules.category_title or rules.title
        return cls(
            serial=serial,
            organisation=name,
            level=level.id,
            level_zh=f"{level.title.zh}党组织",
            level_en=f"{level.title.en} Party Organisation",
            stars=level.stars,
            laurel=level.laurel,
            category=award.participant.category,
            category_zh=category.zh,
            category_en=category.en,
            year=award.participant.round.year,
            issuer=issuer_of(rules),
            awarded_on=award.awarded_on,
            valid_until=award.valid_until,
            address=address,
        )

    @property
    def facts(self) -> PrintedFacts:
        """Return what is signed and shown to whoever verifies it."""
        return PrintedFacts(
            serial=self.serial,
            organisation=self.organisation,
            level=self.level,
            level_words=self.level_zh,
            category=self.category,
            category_words=self.category_zh,
            year=self.year,
            issuer=self.issuer,
            awarded_on=self.awarded_on,
            valid_until=self.valid_until,
        )

    def paper(self, token: str) -> Paper:
        """Return the certificate as it is printed."""
        return Paper(
            organisation=self.organisation,
            level_zh=self.level_zh,
            level_en=self.level_en,
            stars=self.stars,
            model=self.laurel,
            round_year=self.year,
            category_zh=self.category_zh,
            category_en=self.category_en,
            issuer=self.issuer,
            award_date=self.awarded_on,
            serial=self.serial,
            token=token,
            verify_base=self.address,
            address=self.typed_address,
            valid_until=self.valid_until,
        )

    @property
    def typed_address(self) -> str:
        """Return where to type the serial, for whoever has no camera."""
        host = self.address.lower().partition("://")[2].removesuffix("/v/")
        return f"{host}/verify"

    def text(self) -> str:
        """Return it as JSON in one spelling."""
        values = asdict(self)
        return json.dumps(values, ensure_ascii=False, sort_keys=True, default=date.isoformat)


def issuer_of(rules: RuleSet) -> str:
    """Return who awards the levels of a rule set."""
    return (rules.issuer or ISSUER).zh


def pinned_in(text: str) -> Pinned:
    """Return what the registry keeps of a certificate."""
    values = json.loads(text)
    until = values["valid_until"]
    values["awarded_on"] = date.fromisoformat(values["awarded_on"])
    values["valid_until"] = date.fromisoformat(until) if until else None
    return Pinned(**values)
