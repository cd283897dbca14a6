"""The PDF file: ReportLab's document and objects, written as they come."""

from __future__ import annotations

import struct
import zlib
from typing import Any, BinaryIO

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import (
    BasicFonts,
    PDFDictionary,
    PDFDocument,
    PDFFile,
    PDFFunction,
    PDFObject,
    PDFObjectReference,
    PDFShading,
    PDFStreamFilterZCompress,
)

CATALOG, INFO, FONT, PAGES = "Catalog", "Info", "Font", "Pages"  # the names of objects
PLAIN = 0
FAST = 1  # the compression level: higher ones cost more time than they save bytes
SMALLEST = 9
TIGHT = 6  # of small objects that are packed together: many alike, so that it saves much
_VERSION = (1, 7)
_TOGETHER = 200  # small objects in one stream; a reader that wants one unpacks them all
_PLACE = struct.Struct(">BIH").pack  # a row of the table of places
_FREE, _ALONE, _PACKED = 0, 1, 2


class Packed(PDFStreamFilterZCompress):
    """ReportLab's compression with a level that one can choose."""

    def __init__(self, level: int) -> None:
        self.level = level

    def encode(self, text: bytes) -> bytes:
        """Compress a stream."""
        return zlib.compress(text, self.level)


def stream(data: bytes, entries: bytes = b"", level: int = FAST) -> bytes:
    """Give a stream as it stands in the file, compressed unless the level is 0."""
    if level:
        data = zlib.compress(data, level)
        entries += b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>stream\n%s\nendstream\n" % (entries, len(data), data)


class Document(PDFDocument):
    """ReportLab's document, but nothing is held except the objects' numbers and places.

    ReportLab numbers the objects and formats them; only the loop over them, the table of their
    places and the trailer are ours. ReportLab's own loop keeps every object and the whole file in
    memory to the end and begins with an empty document. Here an object is written when it is put,
    and a document may begin where another stands: so the artwork is drawn once in the life of a
    process, and the words of an award once for all of its files. What each page or each file has
    of its own (contents, font, title) comes as bytes: as ReportLab's objects it cost a document a
    fifth of its speed, and single files two fifths.

    Small objects, of which the tags of a page alone are eight, go together into object streams.
    """

    def __init__(
        self, out: BinaryIO | None = None, before: Document | None = None, level: int = FAST
    ) -> None:
        """Write into `out`, or keep what is written; begin with all that `before` has written."""
        super().__init__(invariant=1)
        self.defaultStreamFilters = [Packed(level)]
        self.shadings: dict[str, PDFShading] = {}
        self.file = PDFFile(_VERSION)
        self.places = [_PLACE(_FREE, 0, 65535)]
        self.waiting: list[tuple[int, bytes]] = []
        if before is None:
            self.idToObject[BasicFonts] = PDFDictionary({"F": self.reference(FONT)})
        else:
            self._continue(before)
        if out is not None:
            out.write(self.file.format(self))
            self.file.write = out.write  # type: ignore[assignment]  # the number of bytes

    def _continue(self, before: Document) -> None:
        self.objectcounter = before.objectcounter
        self.numberToId = before.numberToId.copy()
        self.idToObjectNumberAndVersion = before.idToObjectNumberAndVersion.copy()
        self.idToOffset = before.idToOffset.copy()
        self.places = before.places.copy()
        self.waiting = before.waiting.copy()
        self.file.strings[:] = before.file.strings
        self.file.offset = before.file.offset

    def addShading(self, shading: PDFShading) -> str:  # noqa: N802
        """Keep a gradient for the form that uses it; ReportLab would make an object of each."""
        name = f"Sh{len(self.shadings)}"
        self.shadings[name] = shading
        return name

    def Reference(self, obj: Any, name: str | None = None) -> Any:  # noqa: N802
        """Refer to an object; functions stand inside their gradients."""
        if isinstance(obj, PDFFunction):
            return obj
        return super().Reference(obj, name)  # type: ignore[no-untyped-call]

    def reference(self, name: str) -> PDFObjectReference:
        """Refer to an object by its name, before or after it is put."""
        self.number(name)
        return PDFObjectReference(name)

    def number(self, name: str) -> int:
        """Give the number of an object, before or after it is put."""
        if name not in self.idToObjectNumberAndVersion:
            self.Reference(None, name)
        return int(self.idToObjectNumberAndVersion[name][0])

    def reserve(self, count: int) -> int:
        """Give the first of as many numbers in a row, for objects that need no name."""
        first = int(self.objectcounter) + 1
        self.objectcounter += count
        return first

    def mention(self, name: str) -> bytes:
        """Give a reference as it stands in the file."""
        return b"%d 0 R" % self.number(name)

    def put(self, name: str, content: PDFObject | bytes) -> None:
        """Write an object, or bytes that are one; small ones go together."""
        self.idToOffset[name] = self.file.offset
        body = pdfdoc.format(content, self, toplevel=1)
        alone = body.rstrip().endswith(b"endstream")
        if alone and not isinstance(content, bytes):
            # ReportLab leaves out the end of line that PDF/A wants before this word.
            body = b"%s\n%s%s" % body.rpartition(b"endstream")
        (self.put_numbered if alone else self.pack)(self.number(name), body)

    def put_numbered(self, number: int, body: bytes) -> None:
        """Write an object that stands alone in the file."""
        place = self.file.add(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        self._place(number, _PLACE(_ALONE, place, 0))

    def pack(self, number: int, body: bytes) -> None:
        """Write an object that is no stream, together with others."""
        self.waiting.append((number, body))
        if len(self.waiting) == _TOGETHER:
            self._put_waiting()

    def _put_waiting(self) -> None:
        """Write the small objects that have come together as one stream."""
        packed, self.waiting = self.waiting, []
        if not packed:
            return
        container, at, heads = self.reserve(1), 0, []
        for index, (number, body) in enumerate(packed):
            heads.append(b"%d %d " % (number, at))
            at += len(body) + 1
            self._place(number, _PLACE(_PACKED, container, index))
        head = b"".join(heads)
        data = head + b"\n".join([body for _, body in packed])
        entries = b"/Type/ObjStm/N %d/First %d" % (len(packed), len(head))
        self.put_numbered(container, stream(data, entries, TIGHT))

    def _place(self, number: int, row: bytes) -> None:
        missing = number + 1 - len(self.places)
        if missing > 0:
            self.places += [self.places[0]] * missing
        self.places[number] = row

    def put_drawn(self) -> None:
        """Write what ReportLab has registered by itself: forms, and the fonts' dictionary."""
        for name, content in list(self.idToObject.items()):
            if content is not None and name not in self.idToOffset:
                self.put(name, content)

    def close(self, identity: bytes) -> bytes:
        """Write where every object is; give the file, or as much of it as was kept."""
        self.put_drawn()
        self._put_waiting()
        table, mark, start = self.reserve(1), identity.hex().encode(), self.file.offset
        self._place(table, _PLACE(_ALONE, start, 0))
        entries = b"/Type/XRef/Size %d/W[1 4 2]/Root %s/Info %s/ID[<%s><%s>]" % (
            len(self.places), self.mention(CATALOG), self.mention(INFO), mark, mark,
        )  # fmt: skip
        self.put_numbered(table, stream(b"".join(self.places), entries, TIGHT))
        self.file.add(b"startxref\n%d\n%%%%EOF\n" % start)
        return self.file.format(self)
