"""The five-pointed star, cut like a gem: ten facets, lit from the upper left."""

from __future__ import annotations

import math

from reports.certificate.artwork.drawing import (
    Drawing,
    Point,
    Stops,
    hexadecimal,
    polar,
    polygon,
)
from reports.certificate.artwork.palette import DARK_GOLD, GOLD

WAIST = 0.381966  # of the inner corners' radius to the points' radius
_LIGHT: Stops = ((0.0, hexadecimal("FFF6D2")), (1.0, hexadecimal("E9C566")))
_SHADE: Stops = ((0.0, hexadecimal("D9AC45")), (1.0, hexadecimal("A97A20")))


def outline(radius: float, centre: Point = (0.0, 0.0)) -> list[Point]:
    """Give the ten corners, the upper point first, anticlockwise."""
    return [
        polar(radius if n % 2 == 0 else radius * WAIST, math.pi / 2 + n * math.pi / 5, centre)
        for n in range(10)
    ]


def flat(drawing: Drawing, centre: Point, radius: float) -> None:
    """Draw a small star in one colour."""
    drawing.fill(polygon(outline(radius, centre)), GOLD)


def faceted(drawing: Drawing, centre: Point, radius: float) -> None:
    """Draw a star whose facets catch the light in turn, inside a fine dark edge."""
    corners = outline(radius, centre)
    drawing.stroke("1 j " + polygon(corners), DARK_GOLD, radius * 0.05)
    for n in range(0, 10, 2):
        point, left, right = corners[n], corners[(n + 1) % 10], corners[n - 1]
        drawing.linear(polygon((point, left, centre)), point, centre, _LIGHT)
        drawing.linear(polygon((point, right, centre)), point, centre, _SHADE)
