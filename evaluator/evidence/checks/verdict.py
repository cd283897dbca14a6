"""What a check of content ends with: the file as it may be kept, or the reason why not."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
WEBP = "image/webp"
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = f"{_OFFICE}wordprocessingml.document"
XLSX = f"{_OFFICE}spreadsheetml.sheet"
PPTX = f"{_OFFICE}presentationml.presentation"

SUFFIXES = {
    PDF: (".pdf",),
    JPEG: (".jpg", ".jpeg"),
    PNG: (".png",),
    WEBP: (".webp",),
    DOCX: (".docx",),
    XLSX: (".xlsx",),
    PPTX: (".pptx",),
}
"""The types that are kept, each with the endings of its names; the first is the usual one."""
IMAGES = frozenset({JPEG, PNG, WEBP})


class Reason(StrEnum):
    """Why a file is refused."""

    EMPTY = "empty"
    NOT_ALLOWED = "not_allowed"
    OLD_OFFICE = "old_office"
    HEIC = "heic"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    TOO_MANY_PIXELS = "too_many_pixels"
    MACROS = "macros"
    EMBEDDED = "embedded"
    EXTERNAL = "external"
    UNKNOWN_PART = "unknown_part"
    BOMB = "bomb"
    PORTFOLIO = "portfolio"
    DYNAMIC_FORM = "dynamic_form"
    SIGNED_ACTIVE = "signed_active"
    NOT_CHECKED = "not_checked"


class Removed(StrEnum):
    """What was taken out of a file before it was kept."""

    METADATA = "metadata"
    LOCATION = "location"
    ANIMATION = "animation"
    SCRIPTS = "scripts"
    ACTIONS = "actions"
    LINKS = "links"
    ATTACHMENTS = "attachments"
    MEDIA = "media"
    FORM = "form"


class Refused(Exception):
    """A file that cannot be kept; `detail` names the part that was found, where it helps."""

    def __init__(self, reason: Reason, detail: str = ""):
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class Checked:
    """A file as it may be kept: its content, its type, what was removed, when a photo was taken."""

    content: bytes
    media_type: str
    removed: tuple[Removed, ...] = ()
    taken_on: date | None = None

    @cached_property
    def sha256(self) -> str:
        """Return the digest of the content; a large one takes as long as a save does."""
        return hashlib.sha256(self.content).hexdigest()
