"""Panellists around zero: each a point with its interval, those apart from zero as diamonds."""

from __future__ import annotations

from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Polygon, Shape
from reportlab.lib.colors import Color

from reports.charts.axis import Axis
from reports.charts.data import Level, Levels
from reports.flow import palette
from reports.flow.text import text

WIDTH = 344
LEFT, RIGHT = 92, 268
"""The ends of the scale; names stand left of it, figures right of it."""
ROW, LINE = 19, 15
"""The height of a row, and of the line above it on which a long name stands."""
NAME = 10.5
HEAD, FOOT = 18, 38


def draw_levels(chart: Levels) -> Drawing:
    """Return the picture of panellists."""
    axis = _axis(chart)
    drawing = Drawing(WIDTH, HEAD + sum(map(_height, chart.levels)) + FOOT)
    low, high = FOOT - 3, drawing.height - HEAD + 2
    drawing.add(axis.drawn(low, high))
    zero = axis.place(0)
    drawing.add(Line(zero, low, zero, high, strokeColor=palette.GREY, strokeWidth=1.2))
    drawing.add(text(chart.words.severe, (LEFT, high + 5), 9.5, palette.GREY))
    drawing.add(text(chart.words.lenient, (RIGHT, high + 5), 9.5, palette.GREY, "end"))
    below = drawing.height - HEAD
    for level in chart.levels:
        below -= _height(level)
        drawing.add(_row(level, axis, below + ROW / 2))
    drawing.add(_legend(chart))
    return drawing


def _axis(chart: Levels) -> Axis:
    """Return a scale with zero in its middle that holds every interval."""
    values = [abs(each.value) for each in chart.levels if each.value is not None]
    ends = [abs(end) for each in chart.levels if each.interval for end in each.interval]
    far = max([*values, *ends], default=0) * 1.05 or 1.0
    return Axis(-far, far, LEFT, RIGHT)


def _row(level: Level, axis: Axis, y: float) -> Group:
    said = text(level.name, (LEFT - 8, int(y - 4)), NAME, palette.INK, "end")
    if _is_long(level):
        said = text(level.name, (4, int(y + ROW / 2 + 1)), NAME, palette.INK)
    group = Group(said, text(level.text, (RIGHT + 8, int(y - 4)), 9.5, palette.INK))
    if level.value is None:
        return group
    if level.interval is not None:
        low, high = (axis.place(end) for end in level.interval)
        group.add(Line(low, y, high, y, strokeColor=_ink(level), strokeWidth=1.6))
        for end in (low, high):
            group.add(Line(end, y - 3, end, y + 3, strokeColor=_ink(level), strokeWidth=1.2))
    group.add(_point(level, axis.place(level.value), y))
    return group


def _height(level: Level) -> int:
    return ROW + LINE if _is_long(level) else ROW


def _is_long(level: Level) -> bool:
    """Return whether a name is too wide for the room left of the scale.

    The browser alone knows its font: a Chinese character is as wide as high, others half of it.
    """
    width = sum(NAME if ord(each) > 0x2E7F else 0.58 * NAME for each in level.name)
    return width > LEFT - 12


def _ink(level: Level) -> Color:
    return palette.FALLS_INK if level.is_apart else palette.RISES_INK


def _point(level: Level, x: float, y: float) -> Shape:
    ink = _ink(level)
    if level.is_apart:
        corners = [x - 5.5, y, x, y + 5.5, x + 5.5, y, x, y - 5.5]
        return Polygon(corners, fillColor=ink, strokeColor=ink, strokeWidth=1)
    inside = palette.PAPER if level.interval is None else ink
    return Circle(x, y, 3.8, fillColor=inside, strokeColor=ink, strokeWidth=1.2)


def _legend(chart: Levels) -> Group:
    apart, among = Level("", 0, (1, 2), ""), Level("", 0, (-1, 1), "")
    half = WIDTH / 2
    return Group(
        _point(apart, 14, 9),
        text(chart.words.apart, (24, 5), 9.5, palette.INK),
        _point(among, half + 14, 9),
        text(chart.words.among, (half + 24, 5), 9.5, palette.INK),
    )
