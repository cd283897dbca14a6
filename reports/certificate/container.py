"""The PDF file: ReportLab's document and objects, written as they come."""

from __future__ import annotations

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

CATALOG, INFO, FONT = "Catalog", "Info", "Font"  # the names of objects
BOX = (-300, -300, 600, 600)  # of form XObjects: nothing is cut off at their edges
PLAIN = 0
FAST = 1  # the compression level: higher ones cost more time than they save bytes
SMALLEST = 9
_VERSION = (1, 7)


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
    """ReportLab's document, but nothing is held except the objects' names and places.

    ReportLab numbers the objects and formats them; only the loop over them, the table of their
    places and the trailer are ours. ReportLab's own loop keeps every object and the whole file in
    memory to the end and begins with an empty document. Here an object is written when it is put,
    and a document may begin where another stands: so the artwork is drawn once in the life of a
    process, and the words of an award once for all of its files. What each page or each file has
    of its own (contents, font, title) comes as bytes: as ReportLab's objects it cost a document a
    fifth of its speed, and single files two fifths.
    """

    def __init__(
        self, out: BinaryIO | None = None, before: Document | None = None, level: int = FAST
    ) -> None:
        """Write into `out`, or keep what is written; begin with all that `before` has written."""
        super().__init__(invariant=1)
        self.defaultStreamFilters = [Packed(level)]
        self.shadings: dict[str, PDFShading] = {}
        self.file = PDFFile(_VERSION)
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
        self._number(name)
        return PDFObjectReference(name)

    def _number(self, name: str) -> tuple[int, int]:
        if name not in self.idToObjectNumberAndVersion:
            self.Reference(None, name)
        return self.idToObjectNumberAndVersion[name]

    def mention(self, name: str) -> bytes:
        """Give a reference as it stands in the file."""
        return b"%d %d R" % self._number(name)

    def put(self, name: str, content: PDFObject | bytes) -> None:
        """Write an object, or bytes that are one."""
        number, _ = self._number(name)
        body = pdfdoc.format(content, self, toplevel=1)
        self.idToOffset[name] = self.file.add(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def put_drawn(self) -> None:
        """Write what ReportLab has registered by itself: forms, and the fonts' dictionary."""
        for name, content in list(self.idToObject.items()):
            if content is not None and name not in self.idToOffset:
                self.put(name, content)

    def close(self, identity: bytes) -> bytes:
        """Write where every object is; give the file, or as much of it as was kept."""
        self.put_drawn()
        size = self.objectcounter + 1
        places = [self.idToOffset[self.numberToId[number]] for number in range(1, size)]
        rows = b"".join([b"%010d 00000 n \n" % place for place in places])
        mark = identity.hex().encode()
        start = self.file.add(b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, rows))
        self.file.add(
            b"trailer\n<</Size %d/Root %s/Info %s/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n"
            % (size, self.mention(CATALOG), self.mention(INFO), mark, mark, start)
        )
        return self.file.format(self)
