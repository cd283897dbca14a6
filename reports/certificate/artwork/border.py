"""The frame: a red band with gold guilloche, star blocks in the corners, lines inside."""

from __future__ import annotations

import math

from reports.certificate.artwork import star
from reports.certificate.artwork.drawing import (
    Drawing,
    circle,
    moved,
    polygon,
    rectangle,
    turned,
)
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

WIDTH, HEIGHT = 297.0, 210.0
MARGIN = 8.0
BAND_WIDTH = 10.0
BLOCK = 15.0
EDGE = 0.55
WIDE = Braid(2.85, 0.75, 2, 12)
FINE = Braid(0.95, -0.35, 4, 6)


def draw(drawing: Drawing) -> None:
    """Draw the whole frame around the page."""
    _outer_line(drawing)
    for horizontal in (True, False):
        side = _side((WIDTH if horizontal else HEIGHT) - 2 * MARGIN)
        _place(drawing, side, horizontal)
    _inner_lines(drawing)
    block = _block()
    for x in (MARGIN, WIDTH - MARGIN - BLOCK):
        for y in (MARGIN, HEIGHT - MARGIN - BLOCK):
            drawing.use(block, moved(x, y))


def _side(length: float) -> Drawing:
    """Draw one side of the band, its middle at the origin, the page's inside upwards."""
    side = Drawing()
    half, depth = length / 2, BAND_WIDTH
    side.linear(rectangle(-half, 0, length, depth), (0, 0), (0, depth), BAND)
    clear = length - 2 * BLOCK
    swells = round(clear / 18)
    braids = Drawing()
    WIDE.draw(braids, clear, swells, GOLD, 0.09)
    FINE.draw(braids, clear, swells, LIGHT_GOLD, 0.12)
    side.use(braids, moved(0, depth / 2))
    for y in (0.62, depth - 0.62):
        side.stroke(f"{-half} {y} m {half} {y} l ", LIGHT_GOLD, 0.12)
    for y in (-EDGE, depth):
        side.linear(rectangle(-half, y, length, EDGE), (-half, 0), (half, 0), METAL)
    return side


def _place(drawing: Drawing, side: Drawing, horizontal: bool) -> None:
    if horizontal:
        drawing.use(side, moved(WIDTH / 2, MARGIN))
        drawing.use(side, moved(WIDTH / 2, HEIGHT - MARGIN, 1, -1))
    else:
        drawing.use(side, turned(-math.pi / 2, (MARGIN, HEIGHT / 2)))
        drawing.use(side, turned(math.pi / 2, (WIDTH - MARGIN, HEIGHT / 2)))


def _outer_line(drawing: Drawing) -> None:
    gap = MARGIN - 2.0
    path = rectangle(gap, gap, WIDTH - 2 * gap, HEIGHT - 2 * gap)
    drawing.stroke(path, GOLD, 0.25)


def notched(inset: float, notch: float) -> str:
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


def _inner_lines(drawing: Drawing) -> None:
    inner = MARGIN + BAND_WIDTH + EDGE
    step = BLOCK - BAND_WIDTH
    drawing.stroke(notched(inner + 1.3, step), GOLD, 0.5)
    drawing.stroke(notched(inner + 2.4, step), GOLD, 0.14)


def _block() -> Drawing:
    """Draw a corner block: a gold-edged red square with a rosette and a star."""
    block = Drawing()
    middle, size = BLOCK / 2, BLOCK
    e = EDGE
    block.linear(rectangle(-e, -e, size + 2 * e, size + 2 * e), (0, 0), (size, size), METAL)
    block.radial(rectangle(0, 0, size, size), (middle, middle), size * 0.7, ENAMEL)
    block.stroke(rectangle(0.75, 0.75, size - 1.5, size - 1.5), LIGHT_GOLD, 0.14)
    centre = (middle, middle)
    Ring(5.0, 0.95, 16, 6).draw(block, centre, GOLD, 0.09)
    block.stroke(circle(middle, middle, 6.2), LIGHT_GOLD, 0.16)
    block.fill(circle(middle, middle, 3.95), DEEP_RED)
    block.stroke(circle(middle, middle, 3.95), LIGHT_GOLD, 0.16)
    for n in range(4):
        angle = math.pi / 4 + n * math.pi / 2
        x, y = middle + 7.4 * math.cos(angle), middle + 7.4 * math.sin(angle)
        block.fill(circle(x, y, 0.42), LIGHT_GOLD)
        block.stroke(circle(x, y, 0.8), LIGHT_GOLD, 0.1)
    block.stroke(rectangle(0, 0, size, size), DARK_RED, 0.12)
    star.faceted(block, centre, 3.3)
    return block
