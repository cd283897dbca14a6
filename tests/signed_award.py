"""Awards, keys and papers of the tests of credentials."""

from __future__ import annotations

import datetime
import io
from typing import Any

from evaluator.credentials.facts import PrintedFacts
from evaluator.credentials.keys import SigningKey, key_of_seed
from evaluator.credentials.serials import make_serial
from evaluator.credentials.tokens import sign
from reports.certificate import Certificate, write_certificates

DAY = datetime.date
SECRET = bytes(range(32))
ISSUER = "中共示例市示例区委组织部"
KEY: SigningKey = key_of_seed(b"k" * 32, DAY(2026, 1, 1), ISSUER)
OTHER_KEY: SigningKey = key_of_seed(b"o" * 32, DAY(2026, 1, 1), ISSUER)
ADDRESS = "HTTPS://STAR.EXAMPLE.GOV.CN/V/"
NAMES = {
    12: "示例社区居民委员会党支部",
    18: "中共示例市星河街道望江社区支部委员会",
    30: "中共示例市示例区望江街道办事处云帆数据有限公司联合支部委员会",
    60: "中国共产党示例市示例经济技术开发区示例街道第一支部委员会"
    "（示例集团（中国）有限公司ABC-123研究开发中心联合党支部）",
}
SERIAL = make_serial(SECRET, 2026, "community", "five_star", 123)


def award(**changes: Any) -> PrintedFacts:
    """Make the facts of a usual certificate, changed as said."""
    usual: dict[str, Any] = {
        "serial": SERIAL,
        "organisation": NAMES[18],
        "level": "five_star",
        "level_words": "五星级党组织",
        "category": "community",
        "category_words": "街道社区",
        "year": 2026,
        "issuer": ISSUER,
        "awarded_on": DAY(2026, 12, 31),
    }
    return PrintedFacts(**(usual | changes))


def token(**changes: Any) -> str:
    """Sign a usual certificate, changed as said."""
    return sign(award(**changes), KEY)


def printed(facts: PrintedFacts, signed: str, **altered: Any) -> Certificate:
    """Make the certificate of some facts; what is altered is printed but was not signed."""
    words: dict[str, Any] = {
        "organisation": facts.organisation,
        "level_zh": facts.level_words,
        "level_en": "Five-star Party Organisation",
        "stars": 5,
        "round_year": facts.year,
        "category_zh": facts.category_words,
        "category_en": "Communities",
        "issuer": facts.issuer,
        "award_date": facts.awarded_on,
        "serial": facts.serial,
        "token": signed,
        "verify_base": ADDRESS,
        "address": ADDRESS.lower() + facts.serial,
        "valid_until": facts.valid_until,
    }
    return Certificate(**(words | altered))


def paper(facts: PrintedFacts, signed: str, **altered: Any) -> bytes:
    """Print such a certificate on A4."""
    out = io.BytesIO()
    write_certificates([printed(facts, signed, **altered)], out)
    return out.getvalue()
