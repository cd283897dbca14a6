"""Bands with their patterns, and the numbers that stand on them."""

from __future__ import annotations

from reportlab.graphics.shapes import Group, Path

from reports.flow import palette
from reports.flow.boxes import Box, filled, overlap
from reports.flow.curves import hatching, outline, point, stripes
from reports.flow.data import Band, Direction
from reports.flow.layout import LEFT, RIGHT, Ribbon
from reports.flow.text import text

COLOURS = {
    "falls": (palette.FALLS, palette.FALLS_INK),
    "rises": (palette.RISES, palette.RISES_INK),
    "stays": (palette.STAYS, palette.INK),
    "other": (palette.STAYS, palette.INK),
}
SIGNS = {"falls": "↓", "rises": "↑", "stays": "＝", "other": "·"}
_PLACES = (0.5, 0.38, 0.62, 0.28, 0.72, 0.2, 0.8)
"""Where along a band its number may stand, best first."""
_LETTER, _LABEL = 5.7, 11.5
"""The width of a digit and the height of a label."""


def draw_band(ribbon: Ribbon) -> Group:
    """Return a band in the colour and with the pattern of its direction."""
    return _patterned(ribbon, ribbon.band.direction)


def _patterned(
    ribbon: Ribbon, direction: Direction, left: float = LEFT, right: float = RIGHT
) -> Group:
    fill, ink = COLOURS[direction]
    body = outline(ribbon, left, right)
    body.fillColor, body.strokeColor = fill, None
    group = Group(body)
    if direction in ("falls", "rises"):
        strokes: Path = (hatching if direction == "falls" else stripes)(ribbon, left, right)
        strokes.strokeColor, strokes.strokeWidth, strokes.fillColor = ink, 0.6, None
        group.add(strokes)
    return group


def swatch(direction: Direction, x: float, y: float) -> Group:
    """Return a small piece of a band for the legend."""
    flat = Ribbon(Band(0, 0, 1, direction), y, y, 12)
    return _patterned(flat, direction, x, x + 20)


def labels(ribbons: tuple[Ribbon, ...]) -> Group:
    """Return the numbers of all bands that move; where there is no room, tables tell."""
    group, taken = Group(), list[Box]()
    moving = [each for each in ribbons if each.band.direction in ("falls", "rises")]
    for ribbon in sorted(moving, key=lambda each: -each.thickness):
        words = f"{SIGNS[ribbon.band.direction]}{ribbon.band.count:,}"
        box = _free(ribbon, _LETTER * (len(words) + 1), taken)
        if box is None:
            continue
        taken.append(box)
        x, y, width, _ = box
        group.add(filled(box, palette.PAPER, 3))
        ink = COLOURS[ribbon.band.direction][1]
        group.add(text(words, (x + width / 2, y + 3), 9.5, ink, "middle"))
    return group


def _free(ribbon: Ribbon, width: float, taken: list[Box]) -> Box | None:
    """Return the first place on a band that no other number has taken."""
    for t in _PLACES:
        x, y = point(ribbon, t)
        box = (x - width / 2, int(y - _LABEL / 2), width, _LABEL)
        if not any(overlap(box, each) for each in taken):
            return box
    return None
