"""Plain rectangles, and whether two of them overlap."""

from __future__ import annotations

from reportlab.graphics.shapes import Rect
from reportlab.lib.colors import Color

Box = tuple[float, float, float, float]
"""Left, bottom, width and height."""


def filled(box: Box, colour: Color, rounded: float = 0) -> Rect:
    """Return a rectangle without an edge."""
    rect = Rect(*box, rx=rounded, ry=rounded)
    rect.fillColor, rect.strokeColor = colour, None
    return rect


def overlap(a: Box, b: Box) -> bool:
    """Return whether two boxes share any place."""
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]
