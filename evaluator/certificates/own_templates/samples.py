"""Certificates of nobody, by which a template is looked at: names of four lengths, every level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from evaluator.certificates.pinned import issuer_of
from evaluator.rule_sets.models import RuleSetState, StoredRuleSet
from evaluator.rule_sets.reading import rule_set_of
from reports.certificate import Certificate as Paper
from reports.certificate.preview import SAMPLE

NAMES: Mapping[int, str] = {
    2: "支部",
    12: "示例市税务局机关党支部委",
    30: "中国共产党示例市示例区示例街道第三社区㛃嫯龑联合党支部委员会",
    60: "中国共产党示例市示例经济技术开发区示例街道第一支部委员会"
    "（示例集团（中国）有限公司ABC-123研究开发中心联合党支部）",
}
USUAL_NAME = 30
DAY, END = date(2026, 12, 31), date(2029, 12, 31)
SPECIMEN = replace(SAMPLE, award_date=DAY, valid_until=END)


@dataclass(frozen=True)
class SampleLevel:
    """A level as certificates print it, with the words of a category and of who awards it."""

    key: str
    zh: str
    en: str
    stars: int
    laurel: bool
    category_zh: str
    category_en: str
    issuer: str

    def paper(self, name: str) -> Paper:
        """Return the certificate of an organisation of this name."""
        return replace(
            SPECIMEN,
            organisation=name,
            level_zh=f"{self.zh}党组织",
            level_en=f"{self.en} Party Organisation",
            stars=self.stars,
            model=self.laurel,
            category_zh=self.category_zh,
            category_en=self.category_en,
            issuer=self.issuer,
        )


def _usual(key: str, zh: str, en: str, stars: int, laurel: bool = False) -> SampleLevel:
    words = SAMPLE.category_zh, SAMPLE.category_en, SAMPLE.issuer
    return SampleLevel(key, zh, en, stars, laurel, *words)


USUAL = (
    _usual("three", "三星级", "Three-star", 3),
    _usual("four", "四星级", "Four-star", 4),
    _usual("five", "五星级", "Five-star", 5),
    _usual("model", "五星级标兵", "Five-star Model", 5, True),
)
"""Levels to look at where no rules are published yet."""


def sample_levels(session: Session) -> Sequence[SampleLevel]:
    """Return each level that published rules give a certificate, the lowest first."""
    query = (
        select(StoredRuleSet.digest)
        .where(StoredRuleSet.state == RuleSetState.PUBLISHED)
        .order_by(StoredRuleSet.category, StoredRuleSet.published_at.desc())
    )
    found: dict[tuple[str, int, bool], SampleLevel] = {}
    for digest in session.scalars(query):
        for each in _levels_of(session, digest or ""):
            found.setdefault((each.zh, each.stars, each.laurel), each)
    return sorted(found.values(), key=lambda each: (each.laurel, each.stars)) or USUAL


_read: dict[str, Sequence[SampleLevel]] = {}
"""What published rule sets never change, by their digests."""


def _levels_of(session: Session, digest: str) -> Sequence[SampleLevel]:
    if digest not in _read:
        query = select(StoredRuleSet).where(StoredRuleSet.digest == digest)
        stored = session.scalars(query.options(undefer(StoredRuleSet.files))).one()
        rules = rule_set_of(stored)
        category = rules.category_title or rules.title
        _read[digest] = [
            SampleLevel(
                f"{rules.category}.{level.id}",
                level.title.zh,
                level.title.en,
                level.stars,
                level.laurel,
                category.zh,
                category.en,
                issuer_of(rules),
            )
            for level in rules.levels.from_low_to_high
            if level.certificate
        ]
    return _read[digest]
