"""Aims for a population: a bar for what is reached, a mark for last year, a line for the aim."""

from __future__ import annotations

from reportlab.graphics.shapes import Drawing, Group, Line, Polygon

from reports.charts.data import Target, Targets
from reports.flow import palette
from reports.flow.boxes import filled
from reports.flow.text import Anchor, text

WIDTH = 620
LEFT, RIGHT = 14, 606
ROW, BAR = 46, 14
FOOT = 40


def draw_targets(chart: Targets) -> Drawing:
    """Return the picture of aims."""
    drawing = Drawing(WIDTH, FOOT + ROW * len(chart.targets))
    for number, target in enumerate(chart.targets):
        drawing.add(_row(target, drawing.height - ROW * (number + 1)))
    drawing.add(_scale())
    drawing.add(_legend(chart))
    return drawing


def _x(share: float) -> float:
    return LEFT + (RIGHT - LEFT) * min(max(share, 0.0), 1.0)


def _row(target: Target, low: float) -> Group:
    sign = "✓ " if target.is_reached else ""
    return Group(
        text(target.name, (LEFT, int(low + 32)), 10.5, palette.INK),
        text(f"{sign}{target.text}", (RIGHT, int(low + 32)), 10, palette.FALLS_INK, "end"),
        filled((LEFT, low + 10, RIGHT - LEFT, BAR), palette.STAYS),
        filled((LEFT, low + 10, _x(target.share) - LEFT, BAR), palette.RISES_INK),
        _before(_x(target.before), low + 10),
        _aim(_x(target.aim), low + 5),
    )


def _before(x: float, low: float) -> Polygon:
    corners = [x - 5, low - 6, x + 5, low - 6, x, low + 2]
    return Polygon(corners, fillColor=palette.BAR, strokeColor=palette.PAPER, strokeWidth=0.6)


def _aim(x: float, low: float) -> Line:
    return Line(x, low, x, low + BAR + 10, strokeColor=palette.FALLS_INK, strokeWidth=2.4)


def _scale() -> Group:
    group = Group()
    ends: dict[int, Anchor] = {0: "start", 100: "end"}
    for percent in (0, 25, 50, 75, 100):
        at, anchor = (_x(percent / 100), 26), ends.get(percent, "middle")
        group.add(text(f"{percent}%", at, 8.5, palette.GREY, anchor))
    return group


def _legend(chart: Targets) -> Group:
    third = WIDTH / 3
    return Group(
        filled((LEFT, 5, 18, 9), palette.RISES_INK),
        text(chart.words.now, (LEFT + 24, 6), 9.5, palette.INK),
        _before(third + 8, 12),
        text(chart.words.before, (third + 20, 6), 9.5, palette.INK),
        Line(2 * third + 8, 3, 2 * third + 8, 18, strokeColor=palette.FALLS_INK, strokeWidth=2.4),
        text(chart.words.aim, (2 * third + 18, 6), 9.5, palette.INK),
    )
