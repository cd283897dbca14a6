"""Office documents (docx, xlsx, pptx): a ZIP of known parts, packed anew.

Its own small contents are kept and everything that runs, is embedded or is fetched from elsewhere
makes it refused. Packing anew leaves one reading of the file to every program, without anything
before, between or behind its parts.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath
from xml.parsers.expat import ExpatError

from evaluator.evidence.checks.office_parts import TYPES_PART, Parts, check_parts, suffix_of
from evaluator.evidence.checks.verdict import Checked, Reason, Refused

MOST_PARTS = 2_000
MOST_BYTES = 120_000_000
MOST_RATIO = 200
RATIO_FROM = 10_000_000
DEEPEST = 2
"""A chart keeps its numbers in a workbook inside; deeper nesting is no ordinary document."""

_ENCRYPTED_FLAG = 0x1
_LINK_MODE = 0o120000
_PACKED = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".wdp", ".mp3", ".mp4", ".m4a"})
_PICTURES = frozenset({".jfif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg", ".vml"})
_OTHERS = frozenset({".xml", ".rels", ".odttf", ".fntdata", ".wav", ".wmv"})
_KNOWN = _PACKED | _PICTURES | _OTHERS
_INNER = frozenset({".docx", ".xlsx", ".pptx"})
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, KeyError)


def check_office(content: bytes, depth: int = 0) -> Checked:
    """Return an Office document packed anew; raises Refused."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            if all(member.filename != TYPES_PART for member in members):
                raise Refused(Reason.NOT_ALLOWED, "application/zip")
            _check_bounds(members, len(content))
            for member in members:
                _check_name(member)
            return _packed_anew(archive, members, depth)
    except (*_BROKEN, ExpatError, RuntimeError, OSError) as error:
        raise Refused(Reason.BROKEN) from error
    except MemoryError as error:
        raise Refused(Reason.NOT_CHECKED) from error


def _check_bounds(members: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse what would unpack to too much; no part gives more than the size it declares."""
    total = sum(member.file_size for member in members)
    swollen = total > RATIO_FROM and total > size * MOST_RATIO
    if len(members) > MOST_PARTS or total > MOST_BYTES or swollen:
        raise Refused(Reason.BOMB)
    names = [member.filename.casefold() for member in members]
    if len(set(names)) < len(names):
        raise Refused(Reason.BROKEN)


def _check_name(member: zipfile.ZipInfo) -> None:
    if member.flag_bits & _ENCRYPTED_FLAG:
        raise Refused(Reason.ENCRYPTED)
    name = member.filename
    steps = name.rstrip("/").split("/")
    misleading = name.startswith("/") or "\\" in name or ":" in name
    is_link = (member.external_attr >> 16) & 0o170000 == _LINK_MODE
    if misleading or is_link or any(step in ("", ".", "..") for step in steps):
        raise Refused(Reason.UNKNOWN_PART, name)
    path = PurePosixPath(name.lower())
    if "vbaproject" in path.name or "vbadata" in path.name:
        raise Refused(Reason.MACROS, name)
    if "activex" in path.parts or path.name.startswith("oleobject"):
        raise Refused(Reason.EMBEDDED, name)
    suffix = suffix_of(name)
    printer = suffix == ".bin" and path.name.startswith("printersettings")
    if not (member.is_dir() or suffix in _KNOWN | _INNER or printer):
        reason = Reason.EMBEDDED if "embeddings" in path.parts else Reason.UNKNOWN_PART
        raise Refused(reason, name)


def _packed_anew(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], depth: int) -> Checked:
    parts = Parts()
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as anew:
        for member in members:
            if member.is_dir():
                continue
            content = _inner(member, archive.read(member), depth)
            check_parts(parts, member.filename, content)
            packed = suffix_of(member.filename) in _PACKED
            packing = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            # The same moment each time: the same document has the same digest.
            anew.writestr(zipfile.ZipInfo(member.filename), content, packing)
    return Checked(out.getvalue(), parts.media_type())


def _inner(member: zipfile.ZipInfo, content: bytes, depth: int) -> bytes:
    """Return a part; a document inside of the document is checked like one by itself."""
    if suffix_of(member.filename) not in _INNER:
        return content
    if depth + 1 >= DEEPEST:
        raise Refused(Reason.EMBEDDED, member.filename)
    return check_office(content, depth + 1).content
