"""Bars cut by kinds, all of one length, so that shares compare; each piece has its number."""

from __future__ import annotations

from reportlab.graphics.shapes import Drawing, Group, Line, Rect
from reportlab.lib.colors import Color, HexColor

from reports.charts.data import Stack, Stacks
from reports.flow import palette
from reports.flow.text import text

WIDTH = 620
LEFT, RIGHT = 196, 584
"""The ends of the bars; names stand left of them, the sums right of them."""
ROW, BAR = 27, 18
HEAD = 6
LEGEND_ROW, LEGEND_COLUMNS = 18, 4
NARROWEST = 17
"""A piece as wide as this has room for its number."""
LONGEST_NAME = 17
TONES = (
    HexColor("#FFFFFF"),
    HexColor("#D9D2C8"),
    HexColor("#F0D9C4"),
    HexColor("#DDA58A"),
    HexColor("#B9534A"),
    HexColor("#7C1214"),
)
_DARK_FROM = 4


def draw_stacks(chart: Stacks) -> Drawing:
    """Return the picture of bars."""
    legend = LEGEND_ROW * -(-len(chart.kinds) // LEGEND_COLUMNS) + 8
    drawing = Drawing(WIDTH, HEAD + ROW * len(chart.stacks) + legend)
    for number, stack in enumerate(chart.stacks):
        drawing.add(_row(stack, chart.tones, drawing.height - HEAD - ROW * (number + 1)))
    drawing.add(_legend(chart, legend))
    return drawing


def _row(stack: Stack, tones: tuple[int, ...], low: float) -> Group:
    whole = sum(stack.counts)
    group = Group(
        text(_short(stack.name), (LEFT - 8, int(low + 9)), 10.5, palette.INK, "end"),
        text(f"{whole:,}", (RIGHT + 6, int(low + 9)), 10.5, palette.INK),
    )
    begun = 0
    for count, tone in zip(stack.counts, tones, strict=True):
        if count:
            start, end = (LEFT + (RIGHT - LEFT) * each / whole for each in (begun, begun + count))
            group.add(_piece(start, end, low + 4, count, tone))
            begun += count
    return group


def _piece(start: float, end: float, low: float, count: int, tone: int) -> Group:
    has_room = end - start >= NARROWEST
    group = Group(_box(start, low, end - start, BAR, tone, crossed=not has_room))
    if has_room:
        ink = palette.PAPER if tone >= _DARK_FROM else palette.INK
        group.add(text(f"{count:,}", ((start + end) / 2, int(low + 5)), 9.5, ink, "middle"))
    return group


def _box(
    x: float, y: float, width: float, height: float, tone: int, *, crossed: bool = True
) -> Group:
    """Return a filled box; nothing at all is crossed out, so that white is no level."""
    box = Rect(x, y, width, height)
    box.fillColor, box.strokeColor, box.strokeWidth = TONES[tone], palette.INK, 0.5
    group = Group(box)
    if tone == 0 and crossed:
        group.add(Line(x, y, x + width, y + height, strokeColor=_FAINT, strokeWidth=0.5))
    return group


_FAINT: Color = HexColor("#B5ABA0")


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _legend(chart: Stacks, height: float) -> Group:
    group, column = Group(), (WIDTH - 20) / LEGEND_COLUMNS
    for number, (kind, tone) in enumerate(zip(chart.kinds, chart.tones, strict=True)):
        x = 10 + number % LEGEND_COLUMNS * column
        y = height - 8 - LEGEND_ROW * (number // LEGEND_COLUMNS + 1) + 4
        group.add(_box(x, y, 16, 11, tone))
        group.add(text(kind, (x + 22, int(y + 2)), 10, palette.INK))
    return group
