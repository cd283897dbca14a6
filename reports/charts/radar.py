"""Shares by dimension around a point, the organisation's over the median of its category.

Two dimensions make no area, so that they are drawn as bars. The median is a dashed line with
hollow points, the organisation's own a full one: colour alone tells nothing.
"""

from __future__ import annotations

from math import cos, pi, sin
from textwrap import wrap

from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Polygon
from reportlab.lib.colors import Color

from reports.charts.data import Radar, Spoke
from reports.flow import palette
from reports.flow.boxes import filled
from reports.flow.text import Anchor, text

WIDTH = 344
RADIUS = 92
MIDDLE = WIDTH / 2
SIDE = 42
"""Room above and below the web for names."""
FOOT = 24
RINGS = (0.25, 0.5, 0.75, 1.0)
FEWEST_SPOKES = 3
ROW = 44
LINE = 12
LONGEST_NAME = 7


def draw_radar(chart: Radar) -> Drawing:
    """Return the picture of the shares of one organisation."""
    if len(chart.spokes) < FEWEST_SPOKES:
        return _bars(chart)
    drawing = Drawing(WIDTH, FOOT + 2 * (RADIUS + SIDE))
    centre = FOOT + SIDE + RADIUS
    count = len(chart.spokes)
    for ring in RINGS:
        drawing.add(_web([ring] * count, centre, palette.STAYS, width=0.7))
    for number, spoke in enumerate(chart.spokes):
        x, y = _place(number, count, 1.0, centre)
        drawing.add(Line(MIDDLE, centre, x, y, strokeColor=palette.STAYS, strokeWidth=0.7))
        drawing.add(_name(spoke, number, count, centre))
    if chart.words.median:
        drawing.add(_median(chart, centre))
    drawing.add(_own(chart, centre))
    drawing.add(_legend(chart))
    return drawing


def _place(number: int, count: int, share: float, centre: float) -> tuple[float, float]:
    """Return where a share lies on a spoke; the first spoke points upwards, then clockwise."""
    angle = pi / 2 - 2 * pi * number / count
    length = RADIUS * min(max(share, 0.0), 1.0)
    return MIDDLE + length * cos(angle), centre + length * sin(angle)


def _web(shares: list[float], centre: float, ink: Color, *, width: float) -> Polygon:
    corners = [
        each
        for number, share in enumerate(shares)
        for each in _place(number, len(shares), share, centre)
    ]
    return Polygon(corners, fillColor=None, strokeColor=ink, strokeWidth=width)


def _median(chart: Radar, centre: float) -> Group:
    """Return the dashed line of the median, as far as there is one at neighbouring spokes."""
    group, count = Group(), len(chart.spokes)
    places = [
        None if each.median is None else _place(number, count, each.median, centre)
        for number, each in enumerate(chart.spokes)
    ]
    for number, place in enumerate(places):
        following = places[(number + 1) % count]
        if place and following:
            group.add(_dashed(*place, *following))
    for place in filter(None, places):
        group.add(_hollow(*place))
    return group


def _dashed(x1: float, y1: float, x2: float, y2: float) -> Line:
    return Line(
        x1, y1, x2, y2, strokeColor=palette.RISES_INK, strokeWidth=1.3, strokeDashArray=[4, 2.5]
    )


def _hollow(x: float, y: float) -> Circle:
    return Circle(
        x, y, 2.6, fillColor=palette.PAPER, strokeColor=palette.RISES_INK, strokeWidth=1.1
    )


def _own(chart: Radar, centre: float) -> Group:
    shares = [each.share for each in chart.spokes]
    group = Group(_web(shares, centre, palette.FALLS_INK, width=1.9))
    for number, share in enumerate(shares):
        group.add(_full(*_place(number, len(shares), share, centre)))
    return group


def _full(x: float, y: float) -> Circle:
    return Circle(x, y, 2.8, fillColor=palette.FALLS_INK, strokeColor=None)


def _name(spoke: Spoke, number: int, count: int, centre: float) -> Group:
    """Write a dimension beyond the end of its spoke, its points below it."""
    angle = pi / 2 - 2 * pi * number / count
    x, y = MIDDLE + (RADIUS + 9) * cos(angle), centre + (RADIUS + 9) * sin(angle)
    anchor: Anchor = "middle" if abs(cos(angle)) < 0.2 else "start" if cos(angle) > 0 else "end"
    lines = _lines(spoke.name)
    above = LINE * (len(lines) - 1)
    low = y + (8 if sin(angle) > 0.2 else -14 - above if sin(angle) < -0.2 else -2)
    group = Group(text(spoke.text, (x, low - 6), 9, palette.GREY, anchor))
    for place, line in enumerate(reversed(lines)):
        group.add(text(line, (x, low + 6 + LINE * place), 10.5, palette.INK, anchor))
    return group


def _lines(name: str) -> list[str]:
    """Return a name in one line or two, a Chinese one cut in its middle."""
    if not name.isascii():
        half = -(-len(name) // 2)
        return [name] if len(name) <= LONGEST_NAME else [name[:half], name[half:]]
    return wrap(name, 2 * LONGEST_NAME)[:2] or [""]


def _legend(chart: Radar) -> Group:
    group = Group(
        Line(14, 9, 36, 9, strokeColor=palette.FALLS_INK, strokeWidth=1.9),
        _full(25, 9),
        text(chart.words.own, (42, 5), 9.5, palette.INK),
    )
    if chart.words.median:
        group.add(_dashed(MIDDLE + 6, 9, MIDDLE + 28, 9))
        group.add(_hollow(MIDDLE + 17, 9))
        group.add(text(chart.words.median, (MIDDLE + 34, 5), 9.5, palette.INK))
    return group


def _bars(chart: Radar) -> Drawing:
    drawing = Drawing(WIDTH, FOOT + ROW * max(len(chart.spokes), 1))
    for number, spoke in enumerate(chart.spokes):
        drawing.add(_bar(spoke, drawing.height - ROW * (number + 1)))
    drawing.add(_legend(chart))
    return drawing


def _bar(spoke: Spoke, low: float) -> Group:
    left, room = 14, WIDTH - 28
    own = room * min(max(spoke.share, 0.0), 1.0)
    group = Group(
        text(spoke.name, (left, low + 30), 10.5, palette.INK),
        text(spoke.text, (left + room, low + 30), 9, palette.GREY, "end"),
        filled((left, low + 10, room, 12), palette.STAYS),
        filled((left, low + 10, own, 12), palette.FALLS_INK),
    )
    if spoke.median is not None:
        x = left + room * min(max(spoke.median, 0.0), 1.0)
        group.add(_dashed(x, low + 5, x, low + 27))
        group.add(_hollow(x, low + 16))
    return group
