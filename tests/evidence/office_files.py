"""Small Office documents for tests, made part by part so that any part can be a hostile one."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

_PREFIX = "application/vnd.openxmlformats-officedocument."
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = {
    "docx": ("word/document.xml", f"{_PREFIX}wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", f"{_PREFIX}spreadsheetml.sheet"),
    "pptx": ("ppt/presentation.xml", f"{_PREFIX}presentationml.presentation"),
}
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def relations(*each: tuple[str, str, str]) -> str:
    """Return a part of relationships of (type, target, mode)."""
    lines = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATIONS}/{kind}" Target="{target}"{mode}/>'
        for number, (kind, target, given) in enumerate(each)
        for mode in [f' TargetMode="{given}"' if given else ""]
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<?xml version="1.0"?><Relationships xmlns="{space}">{lines}</Relationships>'


def content_types(*types: str) -> str:
    """Return the part that names the types of the others."""
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    lines = "".join(f'<Override PartName="/p{n}" ContentType="{t}"/>' for n, t in enumerate(types))
    return f'<?xml version="1.0"?><Types xmlns="{space}">{lines}</Types>'


def office(kind: str = "docx", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return a document of a kind; `more` adds parts or replaces those that are there."""
    main, media_type = KINDS[kind]
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types(f"{media_type}.main+xml"),
        "_rels/.rels": relations(("officeDocument", main, "")),
        main: f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"/>',
        **(more or {}),
    }
    return zipped(parts)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP of parts by name."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
