"""The colours of the paper: cream, reds and golds."""

from __future__ import annotations

from reports.certificate.artwork.drawing import Stops, hexadecimal

WHITE = hexadecimal("FFFEFB")
CREAM = hexadecimal("FFFCF3")
PARCHMENT = hexadecimal("FBF1DA")
RED = hexadecimal("B5121B")
DEEP_RED = hexadecimal("8E0A13")
DARK_RED = hexadecimal("66060D")
BRIGHT_RED = hexadecimal("D8262B")
GOLD = hexadecimal("CFA042")
LIGHT_GOLD = hexadecimal("F4DC97")
PALE_GOLD = hexadecimal("FFF3C8")
DARK_GOLD = hexadecimal("9A6E1D")
BROWN_GOLD = hexadecimal("8A6420")
WATERMARK = hexadecimal("F5E7C4")
WAVES = hexadecimal("FBF3DE")
INK = hexadecimal("35211A")
GREY = hexadecimal("6E5C4B")
DOTS = hexadecimal("CC9488")

GROUND: Stops = ((0.0, hexadecimal("FFFDF7")), (0.55, CREAM), (1.0, PARCHMENT))
METAL: Stops = (
    (0.0, DARK_GOLD),
    (0.14, GOLD),
    (0.32, PALE_GOLD),
    (0.5, GOLD),
    (0.68, LIGHT_GOLD),
    (0.86, GOLD),
    (1.0, DARK_GOLD),
)
BEVEL: Stops = ((0.0, PALE_GOLD), (0.35, GOLD), (0.65, DARK_GOLD), (1.0, hexadecimal("6B4A10")))
BEVEL_BACK: Stops = ((0.0, hexadecimal("7A5614")), (0.4, GOLD), (1.0, PALE_GOLD))
ENAMEL: Stops = ((0.0, hexadecimal("DE2B2F")), (0.6, RED), (1.0, DARK_RED))
BAND: Stops = ((0.0, DARK_RED), (0.25, DEEP_RED), (0.5, RED), (0.75, DEEP_RED), (1.0, DARK_RED))
