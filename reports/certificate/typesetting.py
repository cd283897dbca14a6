"""Lines of text as PDF operators; lengths are millimetres."""

from __future__ import annotations

from dataclasses import dataclass

from reports.certificate.artwork.drawing import Colour
from reports.certificate.font import Font


@dataclass(frozen=True, slots=True)
class Style:
    """How a line looks: `weight` thickens the strokes, in em; `spacing` is between letters."""

    size: float
    colour: Colour
    weight: float = 0.0
    spacing: float = 0.0

    def sized(self, size: float) -> Style:
        """Give the same style in another size."""
        return Style(size, self.colour, self.weight, self.spacing)


def width(font: Font, words: str, style: Style) -> float:
    """Measure a line, without the space after its last letter."""
    return font.width(words) * style.size + style.spacing * (len(words) - 1)


def left(font: Font, words: str, x: float, y: float, style: Style) -> bytes:
    """Set a line from x on."""
    red, green, blue = style.colour
    colour = b"%.3f %.3f %.3f" % (red, green, blue)
    thick = b""
    if style.weight:
        thick = b"2 Tr 1 j %.3f w %s RG " % (style.weight * style.size, colour)
    return b"q BT %s rg %s/F %.3f Tf %.3f Tc %.3f %.3f Td %s Tj ET Q\n" % (
        colour, thick, style.size, style.spacing, x, y, font.shown(words),
    )  # fmt: skip


def centred(font: Font, words: str, x: float, y: float, style: Style) -> bytes:
    """Set a line whose middle is at x."""
    return left(font, words, x - width(font, words, style) / 2, y, style)
