"""The kind of a file by its content; its name and what the browser says of it count for nothing."""

from __future__ import annotations

from collections.abc import Callable

import puremagic

from evaluator.evidence.checks.verdict import JPEG, PDF, PNG, WEBP, Checked, Reason, Refused

_OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_HEIC = frozenset({"image/heif", "image/heic", "image/avif"})


def check(content: bytes) -> Checked:
    """Return a file as it may be kept; raises Refused."""
    if not content:
        raise Refused(Reason.EMPTY)
    if content.startswith(_OLD_OFFICE):
        encrypted = _ENCRYPTED_OFFICE in content
        raise Refused(Reason.ENCRYPTED if encrypted else Reason.OLD_OFFICE)
    found = _candidates(content)
    return _checker(found)(content)


def _candidates(content: bytes) -> list[str]:
    """Return the media types that the first bytes allow, the likeliest first."""
    try:
        guesses = puremagic.magic_string(content)
    except puremagic.PureError:
        return []
    return [guess.mime_type for guess in guesses if guess.mime_type]


def _checker(found: list[str]) -> Callable[[bytes], Checked]:
    """Return the check of the likeliest type; each is imported when it is needed."""
    first = found[0] if found else ""
    if first == PDF:
        from evaluator.evidence.checks.pdf import check_pdf

        return check_pdf
    if first in (JPEG, PNG, WEBP):
        from evaluator.evidence.checks.images import check_image

        return check_image
    if any("openxmlformats" in each for each in found):
        from evaluator.evidence.checks.office import check_office

        return check_office
    raise Refused(Reason.HEIC if first in _HEIC else Reason.NOT_ALLOWED, first)
