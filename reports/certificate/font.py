"""One embedded font for a document: the characters it needs, in two-byte codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from reports.certificate import cff
from reports.certificate.container import FAST, FONT, Document, stream
from reports.certificate.faces import FULL_WIDTH, glyph, meant

_PARTS = ("FontGlyphs", "FontDescriptor", "FontFile", "FontMeanings")
_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%s]/ToUnicode %s>>"
)
_GLYPHS = (
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/%s/CIDSystemInfo"
    b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %s/DW %d/W[%s]>>"
)
_DESCRIPTOR = (
    b"<</Type/FontDescriptor/FontName/%s/Flags 6/FontBBox[%d %d %d %d]/ItalicAngle 0"
    b"/Ascent 1151/Descent -286/CapHeight 733/StemV 80/FontFile3 %s>>"
)
_ENTRIES = 100  # that a block of a ToUnicode map may hold
_MAP_HEAD = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def "
    b"/CMapName/Adobe-Identity-UCS def /CMapType 2 def "
    b"1 begincodespacerange<0000><FFFF>endcodespacerange\n"
)
_MAP_TAIL = b"endcmap CMapName currentdict/CMap defineresource pop end end"


@dataclass(frozen=True, slots=True)
class Font:
    """The characters of a document and the code of each; the code is also the glyph's number.

    Every character has a code of its own, even where two share an outline, so that a text is
    read back from the page exactly as it was written.
    """

    codes: dict[int, int]
    advances: dict[str, int]
    programs: tuple[bytes, ...] = ()
    meanings: tuple[bytes, ...] = ()
    widths: tuple[bytes, ...] = ()

    @classmethod
    def of(cls, texts: Iterable[str]) -> Font:
        """Choose codes for every character of the texts, in order of first appearance."""
        return cls({}, {}).extended("".join(texts))

    def extended(self, text: str) -> Font:
        """Add the characters of a text behind those that already have a code."""
        new = [c for c in dict.fromkeys(text) if c not in self.advances]
        coded = list(enumerate(new, len(self.codes) + 1))
        drawn = list(map(glyph, new))
        return Font(
            self.codes | {ord(character): code for code, character in coded},
            self.advances | {c: g.advance for c, g in zip(new, drawn, strict=True)},
            self.programs + tuple(g.program for g in drawn),
            self.meanings + tuple(_meaning(code, character) for code, character in coded),
            self.widths
            + tuple(
                b"%d[%d]" % (code, g.advance)
                for (code, _), g in zip(coded, drawn, strict=True)
                if g.advance != FULL_WIDTH
            ),
        )

    def shown(self, text: str, times: int = 1) -> bytes:
        """Give a text, several times over if need be, as the operand of a show operator."""
        codes = text.translate(self.codes).encode("utf-16-be").hex().encode()
        return b"<%s>" % (codes * times)

    def width(self, text: str) -> float:
        """Measure a text in em."""
        return sum(map(self.advances.__getitem__, text)) / 1000

    def put(self, document: Document, level: int = FAST) -> None:
        """Write the font's objects; ReportLab's own fonts hold no CFF and 256 glyphs at most."""
        name = self._name()
        part = {p: document.mention(p) for p in _PARTS}
        document.put(FONT, _FONT % (name, part["FontGlyphs"], part["FontMeanings"]))
        widths = b"".join(self.widths)
        document.put("FontGlyphs", _GLYPHS % (name, part["FontDescriptor"], FULL_WIDTH, widths))
        document.put("FontDescriptor", _DESCRIPTOR % (name, *cff.FONT_BOX, part["FontFile"]))
        file = cff.build(name, self.programs, FULL_WIDTH)
        document.put("FontFile", stream(file, b"/Subtype/CIDFontType0C", level))
        document.put("FontMeanings", stream(self._unicode_map()))

    def _name(self) -> bytes:
        digest = sha256(b"".join(self.meanings)).digest()
        tag = bytes(65 + byte % 26 for byte in digest[:6])
        return tag + b"+NotoSerifSC-Regular"

    def _unicode_map(self) -> bytes:
        starts = range(0, len(self.meanings), _ENTRIES)
        blocks = [self.meanings[at : at + _ENTRIES] for at in starts]
        body = [b"%d beginbfchar%sendbfchar\n" % (len(b), b"".join(b)) for b in blocks]
        return _MAP_HEAD + b"".join(body) + _MAP_TAIL


def _meaning(code: int, character: str) -> bytes:
    return b"<%04X><%s>" % (code, meant(character).encode("utf-16-be").hex().encode())
