"""What lies under the text: cream paper, a pale rosette and fans in the corners."""

from __future__ import annotations

import math

from reports.certificate.artwork.border import HEIGHT, WIDTH
from reports.certificate.artwork.drawing import Drawing, Point, polar, rectangle, smooth
from reports.certificate.artwork.guilloche import Ring
from reports.certificate.artwork.palette import GROUND, WATERMARK

_ROSETTE = (
    Ring(20.0, 8.0, 12, 8),
    Ring(36.0, 9.0, 24, 8),
    Ring(52.0, 8.5, 36, 8),
)
_MIDDLE: Point = (WIDTH / 2, 99.0)


def draw(drawing: Drawing) -> None:
    """Draw the ground of the page."""
    middle = (WIDTH / 2, HEIGHT / 2)
    drawing.radial(rectangle(0, 0, WIDTH, HEIGHT), middle, 182, GROUND)
    for ring in _ROSETTE:
        drawing.stroke(ring.path(_MIDDLE), WATERMARK, 0.1)
    fan = _fan()
    for x, across in ((22.5, 1), (WIDTH - 22.5, -1)):
        for y, up in ((22.5, 1), (HEIGHT - 22.5, -1)):
            drawing.placed(fan, x, y, (across, up))


def _fan() -> Drawing:
    """Draw a quarter of a rosette that grows out of a corner."""
    fan = Drawing()
    return fan


def quarter(radius: float, swing: float, lobes: int, phase: float) -> str:
    """Give one wave of a fan, from one edge to the other."""

    def curve(angle: float) -> Point:
        return polar(radius + swing * math.cos(4 * lobes * angle + phase), angle)

    return smooth(curve, 0.0, math.pi / 2, lobes * 4)
