"""A red ribbon with folded ends, to carry a word."""

from __future__ import annotations

from reports.certificate.artwork.drawing import (
    Drawing,
    Stops,
    hexadecimal,
    polygon,
    rectangle,
)
from reports.certificate.artwork.palette import DARK_GOLD, LIGHT_GOLD, RED

HALF, HEIGHT = 14.0, 7.6
_TAIL, _DROP, _FOLD = 8.5, 2.0, 3.2
_FRONT: Stops = (
    (0.0, hexadecimal("8E0A13")),
    (0.5, hexadecimal("CE1F26")),
    (1.0, hexadecimal("A30E17")),
)
_BACK: Stops = ((0.0, hexadecimal("74070F")), (1.0, hexadecimal("A10E17")))


def draw(drawing: Drawing, y: float) -> None:
    """Draw the ribbon with the middle of its front at a height."""
    low = y - HEIGHT / 2
    for side in (-1, 1):
        _tail(drawing, side, low)
    front = rectangle(-HALF, low, 2 * HALF, HEIGHT)
    drawing.linear(front, (0, low), (0, low + HEIGHT), _FRONT)
    drawing.stroke(front, DARK_GOLD, 0.2)
    for edge in (low + 0.7, low + HEIGHT - 0.7):
        drawing.stroke(f"{-HALF} {edge:.2f} m {HALF} {edge:.2f} l ", LIGHT_GOLD, 0.16)


def _tail(drawing: Drawing, side: int, low: float) -> None:
    """Draw one end: it comes out from behind the front, lower down, and is cut in a notch."""
    inner, outer = side * (HALF - _FOLD), side * (HALF + _TAIL)
    base, top = low - _DROP, low + HEIGHT - _DROP
    notch = (outer - side * 3.0, (base + top) / 2)
    tail = polygon([(inner, base), (outer, base), notch, (outer, top), (inner, top)])
    drawing.linear(tail, (inner, base), (outer, base), ((0.0, hexadecimal("5A040A")), (1.0, RED)))
    drawing.stroke(tail, DARK_GOLD, 0.2)
    fold = polygon([(inner, base), (side * HALF, low), (inner, low)])
    drawing.linear(fold, (inner, base), (side * HALF, low), _BACK)
