"""What verifying says, in Chinese and in English: on the command line and on the offline page."""

from __future__ import annotations

from collections.abc import Mapping

from evaluator.credentials.facts import PrintedFacts, formal_date, plain_date
from evaluator.credentials.tokens import State

Languages = tuple[str, str]
"""The Chinese and the English of one thing."""

FACTS: Mapping[str, Languages] = {
    "serial": ("证书编号", "Serial number"),
    "organisation": ("党组织", "Organisation"),
    "level": ("等次", "Level"),
    "rating": ("评定", "Rating"),
    "issuer": ("颁发单位", "Issuer"),
    "awarded_on": ("颁发日期", "Awarded on"),
    "valid_until": ("有效期至", "Valid until"),
}
STATES: Mapping[State, Languages] = {
    State.VALID: ("签名有效，证书由颁发单位签发", "The signature holds: the issuer signed this"),
    State.WRONG_SIGNATURE: (
        "签名不符，核验码不是颁发单位签发的，或者被改动过",
        "The signature does not hold: the token was altered or never signed by the issuer",
    ),
    State.UNKNOWN_KEY: (
        "核验码的签名密钥不在已公布的密钥之中，可能是伪造，也可能密钥文件过旧",
        "The key of the token is not among the published ones: a forgery, or an old file of keys",
    ),
    State.KEY_NOT_IN_USE: (
        "签发日期不在签名密钥的使用期内",
        "The token was signed on a day on which its key was not in use",
    ),
    State.UNREADABLE: ("这不是完整的核验码", "This is no whole token"),
}
OFFLINE_STATES: Mapping[str, Languages] = {
    "no_ed25519": (
        "这个浏览器不支持Ed25519验签，无法在本机核验：请换用新版浏览器，或者联网打开核验网址",
        "This browser cannot check Ed25519 signatures: use a newer one, or open the address online",
    ),
    "no_code": (
        "图片里没有读到二维码：请拍得更近、更清楚，或者用手机扫码后粘贴网址",
        "No QR code could be read in the picture: take a nearer one, or paste the address",
    ),
    "no_camera": ("没有打开摄像头", "The camera could not be opened"),
}
NOT_REVOKED: Languages = (
    "离线核验不知道证书是否已经撤销、换发或者失效，请以证书登记簿的公开查询为准",
    "Offline, nobody knows whether it was revoked, replaced or has expired: the registry tells",
)


def shown(facts: PrintedFacts) -> tuple[tuple[str, str], ...]:
    """Return the signed facts by their names, in the order of the certificate."""
    stated = [
        ("serial", facts.serial),
        ("organisation", facts.organisation),
        ("level", facts.level_words),
        ("rating", f"{facts.year}年度（{facts.category_words}类）"),
        ("issuer", facts.issuer),
        ("awarded_on", formal_date(facts.awarded_on)),
    ]
    if facts.valid_until is not None:
        stated.append(("valid_until", plain_date(facts.valid_until)))
    return tuple(stated)
