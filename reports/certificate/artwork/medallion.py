"""The medallion at the head: rays, a gold rim, red enamel and the star; a laurel around it."""

from __future__ import annotations

import math

from reportlab.lib.colors import Color

from reports.certificate.artwork import laurel, star
from reports.certificate.artwork.guilloche import Ring
from reports.certificate.artwork.palette import BEVEL, BEVEL_BACK, ENAMEL, LIGHT_GOLD, blend
from reports.certificate.artwork.paper import Paper
from reports.certificate.artwork.paths import circle, polar, polygon

RADIUS = 13.0
WREATH = 21.3  # how far the leaves reach
RAYS = 72


def wreath(paper: Paper) -> None:
    """Draw the laurel of the highest level around the origin."""
    laurel.wreath(paper, RADIUS + 3.4, math.radians(-76), math.radians(60), 9)


def disc(paper: Paper) -> None:
    """Draw the medallion around the origin."""
    _rim(paper, RADIUS, 1.5)
    paper.radial(circle(0, 0, RADIUS - 1.5), (0, 2.5), RADIUS, ENAMEL)
    Ring(RADIUS - 3.0, 0.75, 40, 4).draw(paper, (0.0, 0.0), LIGHT_GOLD, 0.09)
    paper.stroke(circle(0, 0, RADIUS - 2.0), LIGHT_GOLD, 0.13)
    paper.stroke(circle(0, 0, RADIUS - 4.0), LIGHT_GOLD, 0.2)
    star.faceted(paper, (0.0, 0.0), 8.2)


def _rim(paper: Paper, outer: float, width: float) -> None:
    """Draw a ring of metal, lit from the upper left and hollow inside."""
    half = width / 2
    for radius, colours in ((outer, BEVEL), (outer - half, BEVEL_BACK)):
        reach = radius * 0.75
        paper.linear(circle(0, 0, radius), (-reach, reach), (reach, -reach), colours)


def rays(paper: Paper, inner: float, shorter: float, colour: Color, tip: Color) -> None:
    """Draw rays in turn longer and shorter, like a sun of radius 1 behind what is `inner`."""
    lengths = (1.0, shorter, (1 + shorter) / 2, shorter)
    outlines = []
    for n in range(RAYS):
        angle = math.pi / 2 + math.tau * n / RAYS
        end = polar(lengths[n % 4], angle)
        spread = 0.018 if n % 4 else 0.026
        foot = [polar(inner, angle - spread), polar(inner, angle + spread)]
        outlines.append((foot[0], end, foot[1]))
    colours = blend((0.0, colour), (0.72, colour), (1.0, tip))
    paper.radial(polygon(*outlines), (0.0, 0.0), 1.05, colours)
