"""Lines of text as PDF operators; lengths are millimetres."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.colors import Color

from reports.certificate.faces import in_sans
from reports.certificate.font import Font
from reports.certificate.layout import placed
from reports.certificate.templates.model import MicroField, TextField

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


def shown_in(field: TextField | MicroField, text: str) -> str:
    """Give a field's text in the characters of its face."""
    return in_sans(text) if field.lettering.face == "sans" else text


def set_field(font: Font, field: TextField, text: str) -> bytes:
    """Set a text in its field."""
    lettering = field.lettering
    lines = []
    for line in placed(field, text):
        spacing = lettering.spacing * line.size / lettering.size
        style = Style(line.size, lettering.colour, lettering.weight, spacing)
        lines.append(left(font, shown_in(field, line.text), line.x, line.y, style))
    return b"".join(lines)


def set_micro(font: Font, field: MicroField, text: str) -> bytes:
    """Repeat a text as often as it goes into its box, spread to fill the box's width."""
    lettering, shown = field.lettering, shown_in(field, text)
    if not shown:
        return b""
    unit = font.width(shown) * lettering.size
    times = max(1, int(field.box.width / unit))
    spacing = (field.box.width - unit * times) / (len(shown) * times)
    style = Style(lettering.size, lettering.colour, lettering.weight, spacing)
    base = field.box.middle[1] - lettering.size / 4
    return left(font, shown, field.box.x, base, style, times)


def width(font: Font, words: str, style: Style) -> float:
    """Measure a line, without the space after its last letter."""
    return font.width(words) * style.size + style.spacing * (len(words) - 1)


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
