"""The frame: a red band with gold guilloche, star blocks in the corners, lines inside."""

from __future__ import annotations

import math

from reports.certificate.artwork import star
from reports.certificate.artwork.drawing import (
    Drawing,
    circle,
    polygon,
    rectangle,
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


def draw(drawing: Drawing) -> None:
    """Draw the whole frame around the page."""
    _outer_line(drawing)
    for horizontal in (True, False):
        side = _side((WIDTH if horizontal else HEIGHT) - 2 * MARGIN)
        _place(drawing, side, horizontal)
    _inner_lines(drawing)
    for x, y, across, up in _corners():
        drawing.placed(_block(), x, y, (across, up))


def _corners() -> list[tuple[float, float, int, int]]:
    near, far, top = MARGIN, WIDTH - MARGIN, HEIGHT - MARGIN
    return [(near, near, 1, 1), (far, near, -1, 1), (near, top, 1, -1), (far, top, -1, -1)]


def _side(length: float) -> Drawing:
    """Draw one side of the band, its middle at the origin, the page's inside upwards."""
    side = Drawing()
    half, depth = length / 2, BAND_WIDTH
    side.linear(rectangle(-half, 0, length, depth), (0, 0), (0, depth), BAND)
    clear = length - 2 * BLOCK
    swells = round(clear / 18)
    wide = Braid(clear, 2.85, 0.75, swells * 2, swells, 18)
    fine = Braid(clear, 0.95, -0.35, swells * 4, swells, 6)
    side.parts.append(f"q 1 0 0 1 0 {depth / 2:.3f} cm")
    side.stroke(wide.path(), GOLD, 0.09)
    side.stroke(fine.path(), LIGHT_GOLD, 0.12)
    side.parts.append("Q")
    for y in (0.62, depth - 0.62):
        side.stroke(f"{-half} {y} m {half} {y} l ", LIGHT_GOLD, 0.12)
    for y in (-EDGE, depth):
        side.linear(rectangle(-half, y, length, EDGE), (-half, 0), (half, 0), METAL)
    return side


def _place(drawing: Drawing, side: Drawing, horizontal: bool) -> None:
    if horizontal:
        drawing.placed(side, WIDTH / 2, MARGIN, (1, 1))
        drawing.placed(side, WIDTH / 2, HEIGHT - MARGIN, (1, -1))
        return
    for x, turn in ((MARGIN, 1), (WIDTH - MARGIN, -1)):
        drawing.parts.append(f"q 0 {turn} {turn} 0 {x:.3f} {HEIGHT / 2:.3f} cm")
        drawing.parts.extend(side.parts)
        drawing.parts.append("Q")
    drawing.shadings.update(side.shadings)


def _outer_line(drawing: Drawing) -> None:
    gap = MARGIN - 2.0
    path = rectangle(gap, gap, WIDTH - 2 * gap, HEIGHT - 2 * gap)
    drawing.stroke(path, GOLD, 0.25)


def _notched(inset: float, notch: float) -> str:
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
    drawing.stroke(_notched(inner + 1.3, step), GOLD, 0.5)
    drawing.stroke(_notched(inner + 2.4, step), GOLD, 0.14)


def _block() -> Drawing:
    """Draw a corner block: a gold-edged red square with a rosette and a star."""
    block = Drawing()
    middle, size = BLOCK / 2, BLOCK
    e = EDGE
    block.linear(rectangle(-e, -e, size + 2 * e, size + 2 * e), (0, 0), (size, size), METAL)
    block.radial(rectangle(0, 0, size, size), (middle, middle), size * 0.7, ENAMEL)
    block.stroke(rectangle(0.75, 0.75, size - 1.5, size - 1.5), LIGHT_GOLD, 0.14)
    centre = (middle, middle)
    block.stroke(Ring(5.0, 0.95, 16, 6).path(centre), GOLD, 0.09)
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
