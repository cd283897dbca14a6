"""The colours of the paper: cream, reds and golds."""

from __future__ import annotations

from reportlab.lib.colors import Color, HexColor

Blend = tuple[list[Color], list[float]]


def blend(*stops: tuple[float, Color]) -> Blend:
    """Give a gradient's colours and their places, as ReportLab takes them."""
    return [colour for _, colour in stops], [place for place, _ in stops]


WHITE = HexColor("#FFFFFF")
LIGHT_CREAM = HexColor("#FFFDF7")
CREAM = HexColor("#FFFCF3")
PARCHMENT = HexColor("#FBF1DA")
RED = HexColor("#B5121B")
DEEP_RED = HexColor("#8E0A13")
DARK_RED = HexColor("#66060D")
GOLD = HexColor("#C9A227")
LIGHT_GOLD = HexColor("#F4DC97")
PALE_GOLD = HexColor("#FFF3C8")
DARK_GOLD = HexColor("#9A6E1D")
BROWN_GOLD = HexColor("#8A6420")
WATERMARK = HexColor("#F5E7C4")
WAVES = HexColor("#FBF3DE")
INK = HexColor("#35211A")
GREY = HexColor("#6E5C4B")
DOTS = HexColor("#CC9488")

METAL = blend(
    (0.0, DARK_GOLD),
    (0.14, GOLD),
    (0.32, PALE_GOLD),
    (0.5, GOLD),
    (0.68, LIGHT_GOLD),
    (0.86, GOLD),
    (1.0, DARK_GOLD),
)
BEVEL = blend((0.0, PALE_GOLD), (0.35, GOLD), (0.65, DARK_GOLD), (1.0, HexColor("#6B4A10")))
BEVEL_BACK = blend((0.0, HexColor("#7A5614")), (0.4, GOLD), (1.0, PALE_GOLD))
ENAMEL = blend((0.0, HexColor("#DE2B2F")), (0.6, RED), (1.0, DARK_RED))


def darker(colour: Color, part: float) -> Color:
    """Give a colour with only a part of its light."""
    red, green, blue = colour.rgb()
    return Color(red * part, green * part, blue * part)


def band(red: Color) -> Blend:
    """Give the colours across a band that is bright in its middle."""
    deep, dark = darker(red, 0.88), darker(red, 0.7)
    return blend((0.0, dark), (0.25, deep), (0.5, red), (0.75, deep), (1.0, dark))
