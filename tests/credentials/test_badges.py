"""Open Badges 3.0, read with libraries that are not ours.

What `badge` returns was validated against the schema that 1EdTech publishes for
AchievementCredentials (SHA-256 b7358e89…d393ea), which no package at hand installs; the tests
pin its required properties.
"""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from joserfc import jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import OKPKey
from jsonschema import Draft201909Validator, FormatChecker
from signed_award import KEY, OTHER_KEY, SERIAL, award

from evaluator.credentials.badges import Addresses, badge, badge_token
from evaluator.credentials.facts import lines, text_digest

AT = Addresses(
    credential=f"https://star.example.gov.cn/badges/{SERIAL}",
    issuer="https://star.example.gov.cn/badges/issuer",
    achievement="https://star.example.gov.cn/badges/2026/community/five_star",
    certificate=f"https://star.example.gov.cn/v/{SERIAL}",
)
UNTIL = award(valid_until=datetime.date(2028, 12, 31))


def named(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties}


def types(name: str) -> dict[str, Any]:
    return {"type": "array", "contains": {"const": name}}


# RFC 9864 would rather say Ed25519; wallets of Open Badges know EdDSA.
pytestmark = pytest.mark.filterwarnings("ignore:EdDSA is deprecated via RFC 9864")

ADDRESS = {"type": "string", "pattern": "^https://"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
REQUIRED = named(
    "@context",
    "id",
    "type",
    "credentialSubject",
    "issuer",
    "validFrom",
    **{
        "@context": {
            "type": "array",
            "items": [
                {"const": "https://www.w3.org/ns/credentials/v2"},
                {"pattern": r"^https://purl\.imsglobal\.org/spec/ob/v3p0/context-3\.0\.\d\.json$"},
            ],
        },
        "id": ADDRESS,
        "type": {"allOf": [types("VerifiableCredential"), types("AchievementCredential")]},
        "issuer": named("id", "type", id=ADDRESS, type=types("Profile")),
        "validFrom": MOMENT,
        "validUntil": MOMENT,
        "awardedDate": MOMENT,
        "credentialSubject": named(
            "type",
            "achievement",
            type=types("AchievementSubject"),
            identifier={
                "type": "array",
                "minItems": 1,
                "items": named("type", "hashed", "identityHash", "identityType"),
            },
            achievement=named(
                "id",
                "type",
                "criteria",
                "description",
                "name",
                id=ADDRESS,
                type=types("Achievement"),
                criteria=named("narrative"),
            ),
        ),
        "evidence": {"type": "array", "items": named("type", type=types("Evidence"))},
    },
)


@pytest.mark.parametrize("facts", [award(), UNTIL])
def test_a_badge_has_what_the_specification_requires(facts: Any) -> None:
    found = Draft201909Validator(REQUIRED, format_checker=FormatChecker())
    assert [error.message for error in found.iter_errors(badge(facts, AT))] == []


def test_a_badge_says_what_the_certificate_says() -> None:
    found = badge(UNTIL, AT)
    subject = found["credentialSubject"]
    assert found["issuer"]["name"] == UNTIL.issuer
    assert found["validFrom"] == "2026-12-31T00:00:00+08:00"
    assert found["validUntil"] == "2028-12-31T23:59:59+08:00"
    assert subject["identifier"][0]["identityHash"] == UNTIL.organisation
    assert subject["licenseNumber"] == SERIAL
    assert subject["achievement"]["name"] == "五星级党组织"
    assert text_digest(lines(UNTIL)).hex() in found["evidence"][0]["description"]
    assert "validUntil" not in badge(award(), AT)


def test_another_library_verifies_the_token() -> None:
    key = OKPKey.import_key(KEY.private.public_key())
    read = jwt.decode(badge_token(UNTIL, AT, KEY), key, algorithms=["EdDSA"])
    claims = {name: read.claims.pop(name) for name in ("iss", "jti", "nbf", "exp")}
    assert read.claims == badge(UNTIL, AT)
    assert claims == {
        "iss": AT.issuer,
        "jti": AT.credential,
        "nbf": int(datetime.datetime.fromisoformat("2026-12-31T00:00:00+08:00").timestamp()),
        "exp": int(datetime.datetime.fromisoformat("2028-12-31T23:59:59+08:00").timestamp()),
    }
    assert read.header["alg"] == "EdDSA"
    assert OKPKey.import_key(read.header["jwk"]).thumbprint() == key.thumbprint()


def test_another_library_refuses_the_token_of_another_key() -> None:
    key = OKPKey.import_key(OTHER_KEY.private.public_key())
    with pytest.raises(BadSignatureError):
        jwt.decode(badge_token(award(), AT, KEY), key, algorithms=["EdDSA"])


def test_a_badge_is_plain_json() -> None:
    assert json.loads(json.dumps(badge(UNTIL, AT))) == badge(UNTIL, AT)
