"""What lies under the text: cream paper, a pale rosette, and rosettes around the corners."""

from __future__ import annotations

import math

from reports.certificate.artwork.border import BLOCK, HEIGHT, MARGIN, WIDTH, notched
from reports.certificate.artwork.drawing import Drawing, Point, moved, rectangle, smooth
from reports.certificate.artwork.guilloche import Ring
from reports.certificate.artwork.palette import GROUND, WATERMARK, WAVES

_MIDDLE: Point = (WIDTH / 2, 92.0)
_ROSETTE = (Ring(17.0, 8.0, 12, 8), Ring(32.0, 8.5, 24, 8), Ring(46.5, 7.5, 36, 8))
_CORNER = (Ring(21.0, 5.5, 36, 6), Ring(32.0, 6.5, 48, 6))


def draw(drawing: Drawing) -> None:
    """Draw the ground of the page."""
    middle = (WIDTH / 2, HEIGHT / 2)
    drawing.radial(rectangle(0, 0, WIDTH, HEIGHT), middle, 182, GROUND)
    _waves(drawing)
    for ring in _ROSETTE:
        ring.draw(drawing, _MIDDLE, WATERMARK, 0.1)
    _corners(drawing)


def _waves(drawing: Drawing) -> None:
    """Cover the field with rows of waves, hardly darker than the paper."""
    row = Drawing()
    half = WIDTH / 2 - 21
    path = smooth(lambda x: (x, 1.5 * math.cos(x * math.tau / 17)), -half, half, 60)
    row.stroke(path, WAVES, 0.09)
    drawing.parts.append(f"q {notched(21.2, 5.0)}W n")
    for n in range(120):
        drawing.use(row, moved(WIDTH / 2, 20 + n * 1.45))
    drawing.parts.append("Q")


def _corners(drawing: Drawing) -> None:
    """Let rings grow out from behind the corner blocks, no further than the inner line."""
    near = MARGIN + BLOCK / 2
    corner = Drawing()
    for ring in _CORNER:
        ring.draw(corner, (0.0, 0.0), WATERMARK, 0.1)
    drawing.parts.append(f"q {notched(21.2, 5.0)}W n")
    for x in (near, WIDTH - near):
        for y in (near, HEIGHT - near):
            drawing.use(corner, moved(x, y))
    drawing.parts.append("Q")
