"""The XML parts of an Office document: what it is, what it refers to, what its fields do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from xml.parsers import expat  # a document type, and so any entity, is refused

from evaluator.evidence.checks.verdict import DOCX, PPTX, XLSX, Reason, Refused

TYPES_PART = "[Content_Types].xml"
_MAIN = {f"{media_type}.main+xml": media_type for media_type in (DOCX, XLSX, PPTX)}
_XML = frozenset({".xml", ".rels", ".vml", ".svg"})
_ACTIVE_TYPES = {
    "macroenabled": Reason.MACROS,
    "vbaproject": Reason.MACROS,
    "vbadata": Reason.MACROS,
    "activex": Reason.EMBEDDED,
    "oleobject": Reason.EMBEDDED,
    "webextension": Reason.EXTERNAL,
}
_ACTIVE_RELATIONS = {
    "vbaProject": Reason.MACROS,
    "control": Reason.EMBEDDED,
    "activeXControlBinary": Reason.EMBEDDED,
    "oleObject": Reason.EMBEDDED,
    "aFChunk": Reason.EMBEDDED,
    "webextension": Reason.EXTERNAL,
    "webextensiontaskpanes": Reason.EXTERNAL,
    "externalLink": Reason.EXTERNAL,
    "connections": Reason.EXTERNAL,
    "frame": Reason.EXTERNAL,
    "subDocument": Reason.EXTERNAL,
}
_LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_FIELDS = re.compile(r"^\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK)\b", re.I | re.M)


@dataclass
class Parts:
    """What is known of a document once its parts have been read."""

    main: set[str] = field(default_factory=set)

    def media_type(self) -> str:
        """Return which of the three kinds of document it is; raises Refused for none or two."""
        if len(self.main) != 1:
            raise Refused(Reason.NOT_ALLOWED, "application/zip")
        return next(iter(self.main))


def suffix_of(name: str) -> str:
    """Return the ending of a part's name, such as `.rels` of `_rels/.rels`."""
    return "." + name.lower().rpartition(".")[2]


def check_parts(parts: Parts, name: str, content: bytes) -> None:
    """Read one part of a document; raises Refused, or ExpatError for one that is not XML."""
    if suffix_of(name) not in _XML:
        return
    reader = _Reader(parts, name)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = reader.refuse_document_type
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.Parse(content, True)
    reader.close()


class _Reader:
    """Reads one part, element by element."""

    def __init__(self, parts: Parts, name: str):
        self.parts = parts
        self.name = name
        self.instructions: list[str] = []
        self.inside = False

    def refuse_document_type(self, *_: object) -> None:
        raise Refused(Reason.BROKEN, self.name)

    def start(self, element: str, attributes: Mapping[str, str]) -> None:
        """Look at the start of an element."""
        local = element.rpartition(" ")[2]
        if self.name == TYPES_PART:
            self._content_type(attributes.get("ContentType", ""))
        elif local == "Relationship" and self.name.lower().endswith(".rels"):
            self._relation(attributes)
        elif local in ("ddeLink", "oleLink"):
            raise Refused(Reason.EXTERNAL, self.name)
        self.inside = local == "instrText"
        if local in ("fldChar", "fldSimple"):
            self.instructions.append("\n")
            self.instructions += [
                value for key, value in attributes.items() if key.endswith(" instr")
            ]

    def end(self, _element: str) -> None:
        """Leave an element."""
        self.inside = False

    def text(self, text: str) -> None:
        """Gather the instruction of a field; it may be spread over several elements."""
        if self.inside:
            self.instructions.append(text)

    def close(self) -> None:
        """Look at the fields of the whole part."""
        if _FIELDS.search("".join(self.instructions)):
            raise Refused(Reason.EXTERNAL, self.name)

    def _content_type(self, content_type: str) -> None:
        for word, reason in _ACTIVE_TYPES.items():
            if word in content_type.lower():
                raise Refused(reason, content_type)
        if content_type in _MAIN:
            self.parts.main.add(_MAIN[content_type])

    def _relation(self, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "")
        if kind in _ACTIVE_RELATIONS:
            raise Refused(_ACTIVE_RELATIONS[kind], target)
        if attributes.get("TargetMode", "").lower() != "external":
            return
        harmless = target.startswith("#") or urlsplit(target).scheme.lower() in _LINK_SCHEMES
        if kind != "hyperlink" or not harmless:
            raise Refused(Reason.EXTERNAL, target)
