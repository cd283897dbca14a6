"""What checks found, in words: why a file is refused and how to mend it, what was taken out."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import format_decimal, gettext, lazy_gettext

from evaluator.evidence.checks.verdict import (
    DOCX,
    JPEG,
    PDF,
    PNG,
    PPTX,
    WEBP,
    XLSX,
    Reason,
    Refused,
    Removed,
)
from evaluator.evidence.limits import MEGABYTE

_AS_PDF = lazy_gettext("Save it as PDF and upload that.")
_ANEW = lazy_gettext("Open it on your computer, save it anew and upload that.")
ALLOWED = lazy_gettext(
    "Allowed are PDF, pictures (JPEG, PNG, WebP) and Office documents (docx, xlsx, pptx)."
)
_REASONS = {
    Reason.EMPTY: (lazy_gettext("The file is empty."), _ANEW),
    Reason.NOT_ALLOWED: (lazy_gettext("This type of file is not taken."), ALLOWED),
    Reason.OLD_OFFICE: (
        lazy_gettext("Documents of old Office versions (doc, xls, ppt, wps) are not taken."),
        lazy_gettext("Save it as PDF, or as docx, xlsx or pptx, and upload that."),
    ),
    Reason.HEIC: (
        lazy_gettext("Pictures in the HEIC format are not taken."),
        lazy_gettext(
            "Set the camera to the most compatible format, or send a screenshot of the picture."
        ),
    ),
    Reason.BROKEN: (
        lazy_gettext("The file is damaged or incomplete, or two files in one."),
        _ANEW,
    ),
    Reason.ENCRYPTED: (
        lazy_gettext("The file is protected by a password."),
        lazy_gettext("Save it without a password and upload that."),
    ),
    Reason.TOO_MANY_PIXELS: (
        lazy_gettext("The picture has more than 64 million points."),
        lazy_gettext("Save it in a smaller size and upload that."),
    ),
    Reason.MACROS: (lazy_gettext("The document contains macros."), _AS_PDF),
    Reason.EMBEDDED: (lazy_gettext("The document contains other files or programs."), _AS_PDF),
    Reason.EXTERNAL: (
        lazy_gettext("The document takes in other files or pages of the web."),
        _AS_PDF,
    ),
    Reason.UNKNOWN_PART: (
        lazy_gettext("The document contains parts that do not belong into one."),
        _AS_PDF,
    ),
    Reason.BOMB: (lazy_gettext("The document unpacks to far too much."), _AS_PDF),
    Reason.PORTFOLIO: (
        lazy_gettext("The PDF is a folder of other files."),
        lazy_gettext("Upload those files one by one."),
    ),
    Reason.DYNAMIC_FORM: (
        lazy_gettext("The PDF is a form that only a program can show."),
        lazy_gettext("Print it to a PDF and upload that."),
    ),
    Reason.SIGNED_ACTIVE: (
        lazy_gettext(
            "The PDF is signed and contains scripts or attachments, which cannot be removed "
            "without breaking the signature."
        ),
        lazy_gettext("Print it to a PDF and upload that."),
    ),
    Reason.NOT_CHECKED: (
        lazy_gettext("The file could not be checked; it is very large inside or damaged."),
        _ANEW,
    ),
}
_REMOVED = {
    Removed.METADATA: lazy_gettext("details of the camera"),
    Removed.LOCATION: lazy_gettext("the place where it was taken"),
    Removed.ANIMATION: lazy_gettext("further pictures of an animation"),
    Removed.SCRIPTS: lazy_gettext("scripts"),
    Removed.ACTIONS: lazy_gettext("actions"),
    Removed.LINKS: lazy_gettext("links to the web"),
    Removed.ATTACHMENTS: lazy_gettext("attached files"),
    Removed.MEDIA: lazy_gettext("sound and film"),
    Removed.FORM: lazy_gettext("a form for programs"),
}
TYPES = {
    PDF: "PDF",
    JPEG: lazy_gettext("Picture"),
    PNG: lazy_gettext("Picture"),
    WEBP: lazy_gettext("Picture"),
    DOCX: "Word",
    XLSX: "Excel",
    PPTX: "PowerPoint",
}


def refused_words(refused: Refused) -> str:
    """Return why a file is refused, and how to mend it."""
    what, how = _REASONS[refused.reason]
    # The technical name of a type helps nobody; that of a part in a document does.
    named = refused.detail and refused.reason is not Reason.NOT_ALLOWED
    found = gettext("(Found: %(detail)s)", detail=refused.detail) if named else ""
    return " ".join(str(part) for part in (what, found, how) if part)


def removed_words(removed: Iterable[str]) -> str:
    """Return what was taken out of a file, as one line; empty where nothing was."""
    separator: str = gettext(", ")
    return separator.join(str(_REMOVED[Removed(each)]) for each in removed)


def type_words(media_type: str) -> str:
    """Return what kind of file it is."""
    return str(TYPES[media_type])


def size_words(size: int) -> str:
    """Return a size in MB or KB."""
    if size >= MEGABYTE:
        return f"{format_decimal(round(size / MEGABYTE, 1))} MB"
    return f"{format_decimal(max(1, round(size / 1000)))} KB"
