"""The same award as an Open Badge 3.0: an AchievementCredential secured as a VC-JWT (EdDSA).

The payload of the token is the credential itself, with the registered claims beside it, as
section 8.2 of the specification has it; the header names the key in the issuer's published set.
"""

from __future__ import annotations

import base64
import datetime
import json
from dataclasses import dataclass
from typing import Any

from evaluator.credentials.facts import PrintedFacts, lines, text_digest
from evaluator.credentials.keys import SigningKey, web_key

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
SCHEMA = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)
MEDIA_TYPE = "application/vc+jwt"
_SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the parts of a badge are found: whole addresses, each of its own."""

    credential: str
    issuer: str
    achievement: str
    certificate: str
    """The page that shows the certificate and its state."""


def badge(facts: PrintedFacts, at: Addresses) -> dict[str, Any]:
    """Return the credential, not yet secured."""
    credential: dict[str, Any] = {
        "@context": list(CONTEXTS),
        "id": at.credential,
        "type": ["VerifiableCredential", "AchievementCredential"],
        "name": f"{facts.year}年度{facts.level_words}",
        "issuer": {"id": at.issuer, "type": ["Profile"], "name": facts.issuer},
        "validFrom": _moment(facts.awarded_on).isoformat(),
        "awardedDate": _moment(facts.awarded_on).isoformat(),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": False,
                    "identityHash": facts.organisation,
                    "identityType": "name",
                }
            ],
            "licenseNumber": facts.serial,
            "achievement": _achievement(facts, at),
        },
        "evidence": [_printed(facts, at)],
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }
    if facts.valid_until is not None:
        credential["validUntil"] = _end(facts.valid_until).isoformat()
    return credential


def badge_token(facts: PrintedFacts, at: Addresses, key: SigningKey) -> str:
    """Return the credential secured as a JSON Web Token."""
    known = {name: web_key(key.known)[name] for name in ("kty", "crv", "x")}
    header = {"alg": "EdDSA", "typ": "JWT", "jwk": known}
    claims = {"iss": at.issuer, "jti": at.credential, "nbf": _seconds(_moment(facts.awarded_on))}
    if facts.valid_until is not None:
        claims["exp"] = _seconds(_end(facts.valid_until))
    signed = f"{_part(header)}.{_part(badge(facts, at) | claims)}"
    return f"{signed}.{_base64(key.sign(signed.encode('ascii')))}"


def _achievement(facts: PrintedFacts, at: Addresses) -> dict[str, Any]:
    rating = f"{facts.year}年度基层党组织星级评定（{facts.category_words}类）"
    return {
        "id": at.achievement,
        "type": ["Achievement"],
        "achievementType": "Award",
        "name": facts.level_words,
        "description": f"在{rating}中，被评定为{facts.level_words}。",
        "criteria": {"narrative": f"按照{rating}的评定办法评定。"},
        "inLanguage": "zh-CN",
    }


def _printed(facts: PrintedFacts, at: Addresses) -> dict[str, Any]:
    """Return the certificate on paper, with the digest of the words printed on it."""
    return {
        "id": at.certificate,
        "type": ["Evidence"],
        "name": f"证书{facts.serial}",
        "description": f"证书文字的SHA-256：{text_digest(lines(facts)).hex()}",
    }


def _moment(day: datetime.date) -> datetime.datetime:
    """Return the beginning of a day where the certificates are given out."""
    return datetime.datetime.combine(day, datetime.time(), _SHANGHAI)


def _end(day: datetime.date) -> datetime.datetime:
    """Return the end of a day: the level is held on its last day still."""
    return datetime.datetime.combine(day, datetime.time(23, 59, 59), _SHANGHAI)


def _seconds(moment: datetime.datetime) -> int:
    return int(moment.timestamp())


def _part(content: dict[str, Any]) -> str:
    return _base64(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
