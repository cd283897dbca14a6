"""What lies under the text: cream paper, a pale rosette, and rosettes around the corners."""

from __future__ import annotations

import math

from reports.certificate.artwork.border import BLOCK, HEIGHT, MARGIN, WIDTH, notched
from reports.certificate.artwork.guilloche import Ring
from reports.certificate.artwork.palette import GROUND, WATERMARK, WAVES
from reports.certificate.artwork.paper import Paper
from reports.certificate.artwork.paths import Point, rectangle, smooth

_MIDDLE: Point = (WIDTH / 2, 92.0)
_ROSETTE = (Ring(17.0, 8.0, 12, 8), Ring(32.0, 8.5, 24, 8), Ring(46.5, 7.5, 36, 8))
_CORNER = (Ring(21.0, 5.5, 36, 6), Ring(32.0, 6.5, 48, 6))


def draw(paper: Paper) -> None:
    """Draw the ground of the page."""
    middle = (WIDTH / 2, HEIGHT / 2)
    paper.radial(rectangle(0, 0, WIDTH, HEIGHT), middle, 182, GROUND)
    _waves(paper)
    for ring in _ROSETTE:
        ring.draw(paper, _MIDDLE, WATERMARK, 0.1)
    _corners(paper)


def _waves(paper: Paper) -> None:
    """Cover the field with rows of waves, hardly darker than the paper."""
    half = WIDTH / 2 - 21
    with paper.form() as row:
        path = smooth([lambda x: (x, 1.5 * math.cos(x * math.tau / 17))], -half, half, 60)
        paper.stroke(path, WAVES, 0.09)
    with paper.clipped(notched(21.2, 5.0)):
        for n in range(120):
            paper.use(row, WIDTH / 2, 20 + n * 1.45)


def _corners(paper: Paper) -> None:
    """Let rings grow out from behind the corner blocks, no further than the inner line."""
    near = MARGIN + BLOCK / 2
    with paper.form() as corner:
        for ring in _CORNER:
            ring.draw(paper, (0.0, 0.0), WATERMARK, 0.1)
    with paper.clipped(notched(21.2, 5.0)):
        for x in (near, WIDTH - near):
            for y in (near, HEIGHT - near):
                paper.use(corner, x, y)
