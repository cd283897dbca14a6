"""One embedded font for a document: the characters it needs, in two-byte codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from reports.certificate import cff
from reports.certificate.faces import FULL_WIDTH, Glyph, glyph
from reports.certificate.objects import stream

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
    """The characters of a document and the code of each; the code is also the glyph's number."""

    characters: str
    codes: dict[int, int]
    advances: dict[str, int]
    glyphs: tuple[Glyph, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Font:
        """Choose codes for every character of the texts, in order of first appearance."""
        characters = "".join(dict.fromkeys("".join(texts)))
        glyphs = tuple(map(glyph, characters))
        codes = {ord(character): code for code, character in enumerate(characters, 1)}
        advances = {c: drawn.advance for c, drawn in zip(characters, glyphs, strict=True)}
        return cls(characters, codes, advances, glyphs)

    def extended(self, text: str) -> Font:
        """Add the characters of a text behind those that already have a code."""
        new = [c for c in dict.fromkeys(text) if ord(c) not in self.codes]
        if not new:
            return self
        drawn = tuple(map(glyph, new))
        codes = self.codes | {ord(c): n for n, c in enumerate(new, len(self.characters) + 1)}
        advances = self.advances | {c: g.advance for c, g in zip(new, drawn, strict=True)}
        return Font(self.characters + "".join(new), codes, advances, self.glyphs + drawn)

    def shown(self, text: str) -> bytes:
        """Give a text as the operand of a show operator."""
        return b"<%s>" % text.translate(self.codes).encode("utf-16-be").hex().encode()

    def width(self, text: str) -> float:
        """Measure a text in em."""
        return sum(map(self.advances.__getitem__, text)) / 1000

    def objects(self, first: int) -> list[bytes]:
        """Give the font's five PDF objects, to be numbered from `first` on."""
        name = self._name()
        return [
            b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H"
            b"/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>" % (name, first + 1, first + 4),
            b"<</Type/Font/Subtype/CIDFontType0/BaseFont/%s/CIDSystemInfo"
            b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %d 0 R"
            b"/DW %d/W[%s]>>" % (name, first + 2, FULL_WIDTH, self._widths()),
            b"<</Type/FontDescriptor/FontName/%s/Flags 6/FontBBox[%d %d %d %d]/ItalicAngle 0"
            b"/Ascent 1151/Descent -286/CapHeight 733/StemV 80/FontFile3 %d 0 R>>"
            % (name, *cff.FONT_BOX, first + 3),
            stream(self._file(name), b"/Subtype/CIDFontType0C"),
            stream(self._unicode_map()),
        ]

    def _name(self) -> bytes:
        digest = sha256(self.characters.encode("utf-16-be", "surrogatepass")).digest()
        tag = bytes(65 + byte % 26 for byte in digest[:6])
        return tag + b"+NotoSerifSC-Regular"

    def _file(self, name: bytes) -> bytes:
        programs = [glyph.program for glyph in self.glyphs]
        return cff.build(name.decode(), programs, FULL_WIDTH)

    def _widths(self) -> bytes:
        return b"".join(
            b"%d[%d]" % (code, glyph.advance)
            for code, glyph in enumerate(self.glyphs, 1)
            if glyph.advance != FULL_WIDTH
        )

    def _unicode_map(self) -> bytes:
        lines = [
            b"<%04X><%s>" % (code, character.encode("utf-16-be").hex().encode())
            for code, character in enumerate(self.characters, 1)
        ]
        blocks = [lines[at : at + _ENTRIES] for at in range(0, len(lines), _ENTRIES)]
        body = [b"%d beginbfchar%sendbfchar\n" % (len(b), b"".join(b)) for b in blocks]
        return _MAP_HEAD + b"".join(body) + _MAP_TAIL
