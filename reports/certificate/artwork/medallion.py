"""The medallion at the head: rays, a gold rim, red enamel and the star."""

from __future__ import annotations

import math

from reports.certificate.artwork import laurel, ribbon, star
from reports.certificate.artwork.drawing import Drawing, Stops, circle, polar, polygon
from reports.certificate.artwork.guilloche import Ring
from reports.certificate.artwork.palette import (
    BEVEL,
    BEVEL_BACK,
    CREAM,
    ENAMEL,
    GOLD,
    LIGHT_GOLD,
)

RADIUS = 13.0
RIBBON_Y = -16.6
RAYS = 72
_RAY: Stops = ((0.0, GOLD), (0.72, GOLD), (1.0, CREAM))
_GLORY: Stops = ((0.0, LIGHT_GOLD), (0.62, LIGHT_GOLD), (1.0, CREAM))


def plain(drawing: Drawing) -> None:
    """Draw the medallion around the origin."""
    _rays(drawing, (19.5, 16.2, 17.8, 16.2), 20.5, _RAY)
    _disc(drawing)


def crowned(drawing: Drawing) -> None:
    """Draw the medallion of the highest level: in a laurel wreath, with a ribbon."""
    _rays(drawing, (21.4, 19.4, 20.4, 19.4), 22.0, _GLORY)
    laurel.wreath(drawing, RADIUS + 3.4, math.radians(-76), math.radians(60), 9)
    _disc(drawing)
    ribbon.draw(drawing, RIBBON_Y)


def _disc(drawing: Drawing) -> None:
    _rim(drawing, RADIUS, 1.5)
    drawing.radial(circle(0, 0, RADIUS - 1.5), (0, 2.5), RADIUS, ENAMEL)
    Ring(RADIUS - 3.0, 0.75, 40, 4).draw(drawing, (0.0, 0.0), LIGHT_GOLD, 0.09)
    drawing.stroke(circle(0, 0, RADIUS - 2.0), LIGHT_GOLD, 0.13)
    drawing.stroke(circle(0, 0, RADIUS - 4.0), LIGHT_GOLD, 0.2)
    star.faceted(drawing, (0.0, 0.0), 8.2)


def _rim(drawing: Drawing, outer: float, width: float) -> None:
    """Draw a ring of metal, lit from the upper left and hollow inside."""
    half = width / 2
    for radius, stops in ((outer, BEVEL), (outer - half, BEVEL_BACK)):
        reach = radius * 0.75
        drawing.linear(circle(0, 0, radius), (-reach, reach), (reach, -reach), stops)


def _rays(
    drawing: Drawing, lengths: tuple[float, float, float, float], end: float, stops: Stops
) -> None:
    """Draw rays in turn longer and shorter, like a sun behind the rim."""
    paths = []
    for n in range(RAYS):
        angle = math.pi / 2 + math.tau * n / RAYS
        tip = polar(lengths[n % 4], angle)
        spread = 0.018 if n % 4 else 0.026
        foot = [polar(RADIUS + 0.7, angle - spread), polar(RADIUS + 0.7, angle + spread)]
        paths.append(polygon([foot[0], tip, foot[1]]))
    drawing.radial("".join(paths), (0.0, 0.0), end, stops)
