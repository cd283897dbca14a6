"""The frame: a red band with gold guilloche, star blocks in the corners, lines inside."""

from __future__ import annotations

import math

from reportlab.pdfgen.pathobject import PDFPathObject

from reports.certificate.artwork import star
from reports.certificate.artwork.guilloche import Braid, Ring
from reports.certificate.artwork.palette import (
    BAND,
    DARK_RED,
    DEEP_RED,
    ENAMEL,
    GOLD,
    LIGHT_GOLD,
    METAL,
)
from reports.certificate.artwork.paper import Paper
from reports.certificate.artwork.paths import circle, line, polygon, rectangle

WIDTH, HEIGHT = 297.0, 210.0
MARGIN = 8.0
BAND_WIDTH = 10.0
BLOCK = 15.0
EDGE = 0.55
WIDE = Braid(2.85, 0.75, 2, 12)
FINE = Braid(0.95, -0.35, 4, 6)


def draw(paper: Paper) -> None:
    """Draw the whole frame around the page."""
    _outer_line(paper)
    with paper.form() as side:
        _side(paper, WIDTH - 2 * MARGIN)
    paper.use(side, WIDTH / 2, MARGIN)
    paper.use(side, WIDTH / 2, HEIGHT - MARGIN, up=-1)
    with paper.form() as side:
        _side(paper, HEIGHT - 2 * MARGIN)
    paper.use(side, MARGIN, HEIGHT / 2, turn=-math.pi / 2)
    paper.use(side, WIDTH - MARGIN, HEIGHT / 2, turn=math.pi / 2)
    _inner_lines(paper)
    _blocks(paper)


def _side(paper: Paper, length: float) -> None:
    """Draw one side of the band, its middle at the origin, the page's inside upwards."""
    half, depth = length / 2, BAND_WIDTH
    paper.linear(rectangle(-half, 0, length, depth), (0, 0), (0, depth), BAND)
    clear = length - 2 * BLOCK
    swells = round(clear / 18)
    with paper.form() as braids:
        WIDE.draw(paper, clear, swells, GOLD, 0.09)
        FINE.draw(paper, clear, swells, LIGHT_GOLD, 0.12)
    paper.use(braids, 0, depth / 2)
    for y in (0.62, depth - 0.62):
        paper.stroke(line((-half, y), (half, y)), LIGHT_GOLD, 0.12)
    for y in (-EDGE, depth):
        paper.linear(rectangle(-half, y, length, EDGE), (-half, 0), (half, 0), METAL)


def _outer_line(paper: Paper) -> None:
    gap = MARGIN - 2.0
    path = rectangle(gap, gap, WIDTH - 2 * gap, HEIGHT - 2 * gap)
    paper.stroke(path, GOLD, 0.25)


def notched(inset: float, notch: float) -> PDFPathObject:
    """Give a rectangle inset from the page's edge, with square steps at its corners."""
    left, right, low, high = inset, WIDTH - inset, inset, HEIGHT - inset
    n = notch
    return polygon(
        [
            (left + n, low), (right - n, low), (right - n, low + n), (right, low + n),
            (right, high - n), (right - n, high - n), (right - n, high), (left + n, high),
            (left + n, high - n), (left, high - n), (left, low + n), (left + n, low + n),
        ]
    )  # fmt: skip


def _inner_lines(paper: Paper) -> None:
    inner = MARGIN + BAND_WIDTH + EDGE
    step = BLOCK - BAND_WIDTH
    paper.stroke(notched(inner + 1.3, step), GOLD, 0.5)
    paper.stroke(notched(inner + 2.4, step), GOLD, 0.14)


def _blocks(paper: Paper) -> None:
    with paper.form() as block:
        _block(paper)
    for x in (MARGIN, WIDTH - MARGIN - BLOCK):
        for y in (MARGIN, HEIGHT - MARGIN - BLOCK):
            paper.use(block, x, y)


def _block(paper: Paper) -> None:
    """Draw a corner block: a gold-edged red square with a rosette and a star."""
    middle, size = BLOCK / 2, BLOCK
    e = EDGE
    paper.linear(rectangle(-e, -e, size + 2 * e, size + 2 * e), (0, 0), (size, size), METAL)
    paper.radial(rectangle(0, 0, size, size), (middle, middle), size * 0.7, ENAMEL)
    paper.stroke(rectangle(0.75, 0.75, size - 1.5, size - 1.5), LIGHT_GOLD, 0.14)
    centre = (middle, middle)
    Ring(5.0, 0.95, 16, 6).draw(paper, centre, GOLD, 0.09)
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
