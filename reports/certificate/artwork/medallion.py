"""The medallion at the head: rays, a gold rim, red enamel and the star."""

from __future__ import annotations

import math

from reports.certificate.artwork import laurel, ribbon, star
from reports.certificate.artwork.guilloche import Ring
from reports.certificate.artwork.palette import (
    BEVEL,
    BEVEL_BACK,
    CREAM,
    ENAMEL,
    GOLD,
    LIGHT_GOLD,
    Blend,
    blend,
)
from reports.certificate.artwork.paper import Paper
from reports.certificate.artwork.paths import circle, polar, polygon

RADIUS = 13.0
RIBBON_Y = -16.6
RAYS = 72
_RAY = blend((0.0, GOLD), (0.72, GOLD), (1.0, CREAM))
_GLORY = blend((0.0, LIGHT_GOLD), (0.62, LIGHT_GOLD), (1.0, CREAM))


def plain(paper: Paper) -> None:
    """Draw the medallion around the origin."""
    _rays(paper, (19.5, 16.2, 17.8, 16.2), 20.5, _RAY)
    _disc(paper)


def crowned(paper: Paper) -> None:
    """Draw the medallion of the highest level: in a laurel wreath, with a ribbon."""
    _rays(paper, (21.4, 19.4, 20.4, 19.4), 22.0, _GLORY)
    laurel.wreath(paper, RADIUS + 3.4, math.radians(-76), math.radians(60), 9)
    _disc(paper)
    ribbon.draw(paper, RIBBON_Y)


def _disc(paper: Paper) -> None:
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


def _rays(
    paper: Paper, lengths: tuple[float, float, float, float], end: float, colours: Blend
) -> None:
    """Draw rays in turn longer and shorter, like a sun behind the rim."""
    outlines = []
    for n in range(RAYS):
        angle = math.pi / 2 + math.tau * n / RAYS
        tip = polar(lengths[n % 4], angle)
        spread = 0.018 if n % 4 else 0.026
        foot = [polar(RADIUS + 0.7, angle - spread), polar(RADIUS + 0.7, angle + spread)]
        outlines.append((foot[0], tip, foot[1]))
    paper.radial(polygon(*outlines), (0.0, 0.0), end, colours)
