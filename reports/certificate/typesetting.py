"""Lines of text as PDF operators; lengths are millimetres."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.colors import Color

from reports.certificate.font import Font

# Bold Song type has thick stems and thin bars. Stroking the outlines with a round pen would
# thicken both, so the page is flattened under the pen: it becomes an ellipse, wide and low.
_FLAT = 0.25


@dataclass(frozen=True, slots=True)
class Style:
    """How a line looks: `weight` thickens the strokes, in em; `spacing` is between letters."""

    size: float
    colour: Color
    weight: float = 0.0
    spacing: float = 0.0

    def sized(self, size: float) -> Style:
        """Give the same style in another size."""
        return Style(size, self.colour, self.weight, self.spacing)

    def shrunk(self, scale: float) -> Style:
        """Give the same style with letters and spaces scaled."""
        return Style(self.size * scale, self.colour, self.weight, self.spacing * scale)

    def spaced(self, spacing: float) -> Style:
        """Give the same style with more or less space between letters."""
        return Style(self.size, self.colour, self.weight, spacing)


def width(font: Font, words: str, style: Style) -> float:
    """Measure a line, without the space after its last letter."""
    return font.width(words) * style.size + style.spacing * (len(words) - 1)


def within(font: Font, words: str, most: float, style: Style) -> Style:
    """Give the style, smaller if a line would otherwise be wider than `most`."""
    return style.shrunk(min(1.0, most / max(width(font, words, style), 1e-6)))


def left(font: Font, words: str, x: float, y: float, style: Style, times: int = 1) -> bytes:
    """Set a line from x on; the words may be repeated."""
    colour = b"%.3f %.3f %.3f" % style.colour.rgb()
    setting = b"/F %.3f Tf %.3f Tc" % (style.size, style.spacing)
    shown = font.shown(words, times)
    if not style.weight:
        return b"BT %s rg %s 1 0 0 1 %.3f %.3f Tm %s Tj ET\n" % (colour, setting, x, y, shown)
    pen = b"%s RG 2 Tr %.3f w" % (colour, style.weight * style.size)
    return b"q 1 0 0 %.2f %.3f %.3f cm BT %s rg %s %s 1 0 0 %.4f 0 0 Tm %s Tj ET Q\n" % (
        _FLAT, x, y, colour, pen, setting, 1 / _FLAT, shown,
    )  # fmt: skip


def centred(font: Font, words: str, x: float, y: float, style: Style) -> bytes:
    """Set a line whose middle is at x."""
    return left(font, words, x - width(font, words.rstrip(), style) / 2, y, style)
