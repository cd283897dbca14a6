"""The five-pointed star, cut like a gem: ten facets, lit from the upper left."""

from __future__ import annotations

import math

from reportlab.lib.colors import HexColor

from reports.certificate.artwork.palette import DARK_GOLD, blend
from reports.certificate.artwork.paper import Paper
from reports.certificate.artwork.paths import Point, polar, polygon

WAIST = 0.381966  # of the inner corners' radius to the points' radius
_LIGHT = blend((0.0, HexColor("#FFF6D2")), (1.0, HexColor("#E9C566")))
_SHADE = blend((0.0, HexColor("#D9AC45")), (1.0, HexColor("#A97A20")))


def outline(radius: float, centre: Point = (0.0, 0.0)) -> list[Point]:
    """Give the ten corners, the upper point first, anticlockwise."""
    return [
        polar(radius if n % 2 == 0 else radius * WAIST, math.pi / 2 + n * math.pi / 5, centre)
        for n in range(10)
    ]


def faceted(paper: Paper, centre: Point, radius: float) -> None:
    """Draw a star whose facets catch the light in turn, inside a fine dark edge."""
    corners = outline(radius, centre)
    paper.setLineJoin(1)
    paper.stroke(polygon(corners), DARK_GOLD, radius * 0.05)
    for n in range(0, 10, 2):
        point, left, right = corners[n], corners[(n + 1) % 10], corners[n - 1]
        paper.linear(polygon((point, left, centre)), point, centre, _LIGHT)
        paper.linear(polygon((point, right, centre)), point, centre, _SHADE)
