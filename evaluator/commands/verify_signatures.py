"""What `evaluator verify` says of the digital signatures of a document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from evaluator.commands.verify_lines import Findings, Outcome

if TYPE_CHECKING:
    from reports.certificate.signing_check import FoundSignature

_SIGNED = b"/ByteRange"


class UnreadableRoots(Exception):
    """The file of the trusted roots holds no certificates."""


def say_signatures(findings: Findings, path: Path, roots: Path | None) -> None:
    """Say who signed a document, whether it was altered since, and who vouches for them."""
    data = path.read_bytes()
    if _SIGNED not in data:
        findings.say(None, "文件没有电子签名。", "The document has no digital signature.")
        return
    # What reads signatures takes a moment to load.
    from reports.certificate.signing_check import read_roots, signatures_in
    from reports.certificate.signing_key import UnusableKey

    try:
        trusted = read_roots(roots) if roots else []
    except UnusableKey as error:
        raise UnreadableRoots(str(error)) from error
    for each in signatures_in(data, trusted):
        _say(findings, each)


def _say(findings: Findings, found: FoundSignature) -> None:
    from reports.certificate.signing import CHINA

    if not found.is_unaltered:
        findings.say(
            Outcome.NOT_GENUINE,
            "✗ 电子签名无效：签名之后文件被改动过。",
            "✗ The digital signature does not hold: the document was altered since.",
        )
        return
    at = f"{found.moment.astimezone(CHINA):%Y-%m-%d %H:%M}" if found.moment else "–"
    findings.say(
        None,
        f"✓ 电子签名有效，签名后文件未改动。签名人：{found.name}；签名时间：{at}。",
        f"✓ The digital signature holds, nothing was altered since: {found.name}, {at}.",
    )
    findings.say(*_trust(found))


def _trust(found: FoundSignature) -> tuple[Outcome | None, str, str]:
    from reports.certificate.signing_check import Trust

    said: dict[Trust, tuple[Outcome | None, str, str]] = {
        Trust.VOUCHED: (
            None,
            f"  签名证书由受信任的机构签发：{found.issuer}。",
            f"  An authority that is trusted vouches for them: {found.issuer}.",
        ),
        Trust.ENDED_SINCE: (
            None,
            f"  签名证书由受信任的机构签发（{found.issuer}），现已过期；签名时间所示当时有效，"
            "但该时间没有时间戳佐证。",
            f"  An authority that is trusted vouched for them ({found.issuer}). The certificate "
            "has ended since; it was good at that time, which no time stamp proves.",
        ),
        Trust.NOT_VOUCHED: (
            Outcome.NOT_GENUINE,
            f"✗ 签名人身份不可信：签名证书（签发机构：{found.issuer}）不在信任的根证书之下。",
            f"✗ None of the trusted authorities vouches for them (issued by {found.issuer}).",
        ),
        Trust.NOT_ASKED: (
            None,
            f"  未设置信任的根证书，签名人身份未经确认（签发机构自称：{found.issuer}）。"
            "可用--roots给出。",
            f"  No trusted roots are given, so who it is was not checked (it says: issued by "
            f"{found.issuer}). Give them with --roots.",
        ),
    }
    return said[found.trust]
