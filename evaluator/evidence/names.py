"""Names of uploaded files: shown as given, without what could mislead about place or type."""

from __future__ import annotations

import unicodedata

from evaluator.evidence.checks.verdict import SUFFIXES

LONGEST = 120
_KEPT_SPACE = " "


def shown_name(given: str) -> str:
    """Return the name of a file without folders, line breaks and marks that turn the writing."""
    last = given.replace("\\", "/").rpartition("/")[2]
    visible = "".join(
        _KEPT_SPACE if unicodedata.category(sign).startswith("Z") else sign
        for sign in unicodedata.normalize("NFC", last)
        if not unicodedata.category(sign).startswith("C")
    )
    stem, dot, ending = visible.strip(" .").rpartition(".")
    if not dot:
        return (ending or "file")[:LONGEST]
    return f"{stem.strip()[: LONGEST - 10] or 'file'}.{ending.strip()[:9]}"


def typed_name(name: str, media_type: str) -> str:
    """Return a name whose ending tells the type that was found by content."""
    endings = SUFFIXES[media_type]
    if name.lower().endswith(endings):
        return name
    known = {ending for each in SUFFIXES.values() for ending in each}
    stem, dot, ending = name.rpartition(".")
    kept = stem if dot and f".{ending.lower()}" in known else name
    return kept + endings[0]
