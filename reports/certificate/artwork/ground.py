"""What lies under the text: paper, fine waves, a pale rosette, and rosettes in the corners."""

from __future__ import annotations

import math

from reportlab.lib.colors import Color

from reports.certificate.artwork.guilloche import Ring
from reports.certificate.artwork.paper import Paper
from reports.certificate.artwork.paths import Point, smooth

WAVE, SWING = 17.0, 1.5
ROSETTE, CORNER = 54.0, 38.5  # the radii of the rings below
_ROSETTE = (Ring(17.0, 8.0, 12, 8), Ring(32.0, 8.5, 24, 8), Ring(46.5, 7.5, 36, 8))
_CORNER = (Ring(21.0, 5.5, 36, 4), Ring(32.0, 6.5, 48, 4))


def waves(
    paper: Paper, width: float, height: float, step: float, colour: Color, thick: float
) -> None:
    """Cover a field around the origin with rows of waves, hardly darker than the paper."""
    half = width / 2
    with paper.form() as row:
        path = smooth([_wave], -half, half, max(4, round(width / 4.3)))
        paper.stroke(path, colour, thick)
    rows = math.ceil((height + 2 * SWING) / step)
    for n in range(rows):
        paper.use(row, 0, n * step - height / 2 - SWING)


def _wave(x: float) -> Point:
    return x, SWING * math.cos(x * math.tau / WAVE)


def rosette(paper: Paper, colour: Color, width: float) -> None:
    """Draw three rings in each other around the origin."""
    for ring in _ROSETTE:
        ring.draw(paper, (0.0, 0.0), colour, width)


def corner(paper: Paper, colour: Color, width: float) -> None:
    """Draw the rings that grow out from behind a corner, around the origin."""
    for ring in _CORNER:
        ring.draw(paper, (0.0, 0.0), colour, width)
