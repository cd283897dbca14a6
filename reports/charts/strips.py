"""The ratings of a case as dots on a line: kept ones full, dropped ones hollow."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Polygon, Rect
from reportlab.lib.colors import Color

from reports.charts.axis import Axis
from reports.charts.data import Mark, Strip, Strips
from reports.flow import palette
from reports.flow.text import text

WIDTH, MARGIN = 344, 14
RADIUS = 7.5
STACKED = 2 * RADIUS + 1
ABOVE, BELOW = 20, 9
"""Space of a strip above its highest dot, where its label stands, and below its line."""
FOOT = 52


def levels_of(places: Sequence[float]) -> list[int]:
    """Return on which level each dot stands, so that none covers another."""
    levels = [0] * len(places)
    last: dict[int, float] = {}
    for number in sorted(range(len(places)), key=places.__getitem__):
        level = 0
        while level in last and places[number] - last[level] < STACKED:
            level += 1
        levels[number], last[level] = level, places[number]
    return levels


def draw_strips(chart: Strips) -> Drawing:
    """Return the picture of strips."""
    axis = Axis(chart.low, chart.high, MARGIN, WIDTH - MARGIN)
    stacks = [levels_of([axis.place(each.value) for each in strip.marks]) for strip in chart.strips]
    heights = [ABOVE + STACKED * (max(stack, default=0) + 1) + BELOW for stack in stacks]
    drawing = Drawing(WIDTH, FOOT + sum(heights))
    drawing.add(axis.drawn(FOOT, drawing.height))
    top = drawing.height
    for strip, stack, height in zip(chart.strips, stacks, heights, strict=True):
        drawing.add(_strip(strip, stack, axis, (top - height, top)))
        top -= height
    drawing.add(_legend(chart))
    return drawing


def _strip(strip: Strip, stack: Sequence[int], axis: Axis, ends: tuple[float, float]) -> Group:
    low, high = ends[0] + BELOW, ends[1]
    group = Group(
        Line(axis.left, low, axis.right, low, strokeColor=palette.GREY, strokeWidth=0.8),
        text(strip.label, (axis.left, high - 13), 10.5, palette.INK),
        text(strip.mean_text, (axis.right, high - 13), 10.5, palette.FALLS_INK, "end"),
    )
    if strip.mean is not None:
        group.add(_mean(axis.place(strip.mean), low, high - ABOVE + 2))
    for mark, level in zip(strip.marks, stack, strict=True):
        group.add(_dot(mark, axis.place(mark.value), low + RADIUS + 1 + level * STACKED))
    return group


def _mean(x: float, low: float, high: float) -> Group:
    """Return a line, and a tip below it that dots cannot cover."""
    ink = palette.FALLS_INK
    return Group(Line(x, low, x, high, strokeColor=ink, strokeWidth=1.4), _tip(x, low))


def _tip(x: float, y: float) -> Polygon:
    corners = [x, y, x - 4.5, y - 8, x + 4.5, y - 8]
    return Polygon(corners, fillColor=palette.FALLS_INK, strokeColor=None)


def _dot(mark: Mark, x: float, y: float) -> Group:
    """Return a dot; what it is shows in its shape as well as in its colour."""
    circle = Circle(x, y, RADIUS, strokeWidth=1.2)
    circle.fillColor = circle.strokeColor = palette.RISES_INK
    if mark.is_dropped:
        circle.fillColor, circle.strokeColor = palette.PAPER, palette.GREY
        circle.strokeDashArray = [2.5, 2]
    group = Group(circle)
    if mark.is_odd:
        side = 2 * RADIUS + 3
        box = Rect(x - side / 2, y - side / 2, side, side)
        box.fillColor, box.strokeColor, box.strokeWidth = None, palette.FALLS_INK, 1.4
        group.add(box)
    if mark.sign:
        ink = palette.INK if mark.is_dropped else palette.PAPER
        group.add(_sign(mark.sign, x, y, ink))
    return group


def _sign(sign: str, x: float, y: float, ink: Color) -> Group:
    return Group(text(sign, (x, 0), 8.5, ink, "middle"), transform=(1, 0, 0, 1, 0, y - 3))


def _legend(chart: Strips) -> Group:
    """Say what dots and line mean, in two rows of two."""
    words = chart.words
    group, half = Group(), WIDTH / 2
    examples = ((Mark(0), words.kept), (Mark(0, is_dropped=True), words.dropped),
                (Mark(0, is_odd=True), words.odd))  # fmt: skip
    for number, (mark, word) in enumerate(examples):
        x, y = MARGIN + RADIUS + number % 2 * half, 27 - number // 2 * 20
        group.add(_dot(mark, x, y + 3.5))
        group.add(text(word, (x + RADIUS + 6, y), 9.5, palette.INK))
    x = MARGIN + half + RADIUS
    group.add(_tip(x, 15))
    group.add(text(words.mean, (x + RADIUS + 6, 7), 9.5, palette.INK))
    return group
