"""The frame: a red band with gold guilloche, star blocks in the corners, lines inside.

Lengths are those of a band ten millimetres wide; whoever draws it scales them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from reportlab.lib.colors import Color

from reports.certificate.artwork import star
from reports.certificate.artwork.guilloche import Braid, Ring
from reports.certificate.artwork.palette import (
    DARK_RED,
    DEEP_RED,
    ENAMEL,
    LIGHT_GOLD,
    METAL,
    band,
)
from reports.certificate.artwork.paper import Paper
from reports.certificate.artwork.paths import circle, line, notched, rectangle

BAND_WIDTH = 10.0
BLOCK = 15.0
EDGE = 0.55
WIDE = Braid(2.85, 0.75, 2, 8)
FINE = Braid(0.95, -0.35, 4, 4)


@dataclass(frozen=True, slots=True)
class Border:
    """A frame by the size of the band's outer edge; without guilloche the band is plain."""

    width: float
    height: float
    red: Color
    gold: Color
    guilloche: bool

    def draw(self, paper: Paper) -> None:
        """Draw the whole frame, its lower left corner at the origin."""
        paper.stroke(rectangle(-2, -2, self.width + 4, self.height + 4), self.gold, 0.25)
        with paper.form() as side:
            self._side(paper, self.width)
        paper.use(side, self.width / 2, 0)
        paper.use(side, self.width / 2, self.height, up=-1)
        with paper.form() as side:
            self._side(paper, self.height)
        paper.use(side, 0, self.height / 2, turn=-math.pi / 2)
        paper.use(side, self.width, self.height / 2, turn=math.pi / 2)
        self._inner_lines(paper)
        self._blocks(paper)

    def _side(self, paper: Paper, length: float) -> None:
        """Draw one side of the band, its middle at the origin, the page's inside upwards."""
        half, depth = length / 2, BAND_WIDTH
        paper.linear(rectangle(-half, 0, length, depth), (0, 0), (0, depth), band(self.red))
        if self.guilloche:
            self._braids(paper, length - 2 * BLOCK)
        for y in (0.62, depth - 0.62):
            paper.stroke(line((-half, y), (half, y)), LIGHT_GOLD, 0.12)
        for y in (-EDGE, depth):
            paper.linear(rectangle(-half, y, length, EDGE), (-half, 0), (half, 0), METAL)

    def _braids(self, paper: Paper, clear: float) -> None:
        swells = max(1, round(clear / 18))
        with paper.form() as braids:
            WIDE.draw(paper, clear, swells, self.gold, 0.09)
            FINE.draw(paper, clear, swells, LIGHT_GOLD, 0.12)
        paper.use(braids, 0, BAND_WIDTH / 2)

    def _inner_lines(self, paper: Paper) -> None:
        inner, step = BAND_WIDTH + EDGE, BLOCK - BAND_WIDTH
        for gap, thick in ((1.3, 0.5), (2.4, 0.14)):
            inset = inner + gap
            size = self.width - 2 * inset, self.height - 2 * inset
            paper.stroke(notched(inset, inset, *size, step), self.gold, thick)

    def _blocks(self, paper: Paper) -> None:
        with paper.form() as block:
            _block(paper, self.gold)
        for x in (0.0, self.width - BLOCK):
            for y in (0.0, self.height - BLOCK):
                paper.use(block, x, y)


def _block(paper: Paper, gold: Color) -> None:
    """Draw a corner block: a gold-edged red square with a rosette and a star."""
    middle, size = BLOCK / 2, BLOCK
    e = EDGE
    paper.linear(rectangle(-e, -e, size + 2 * e, size + 2 * e), (0, 0), (size, size), METAL)
    paper.radial(rectangle(0, 0, size, size), (middle, middle), size * 0.7, ENAMEL)
    paper.stroke(rectangle(0.75, 0.75, size - 1.5, size - 1.5), LIGHT_GOLD, 0.14)
    centre = (middle, middle)
    Ring(5.0, 0.95, 16, 6).draw(paper, centre, gold, 0.09)
    paper.stroke(circle(middle, middle, 6.2), LIGHT_GOLD, 0.16)
    paper.fill(circle(middle, middle, 3.95), DEEP_RED)
    paper.stroke(circle(middle, middle, 3.95), LIGHT_GOLD, 0.16)
    for n in range(4):
        angle = math.pi / 4 + n * math.pi / 2
        x, y = middle + 7.4 * math.cos(angle), middle + 7.4 * math.sin(angle)
        paper.fill(circle(x, y, 0.42), LIGHT_GOLD)
        paper.stroke(circle(x, y, 0.8), LIGHT_GOLD, 0.1)
    paper.stroke(rectangle(0, 0, size, size), DARK_RED, 0.12)
    star.faceted(paper, centre, 3.3)
