"""The flow picture as a drawing, which ReportLab writes as SVG and as PDF."""

from __future__ import annotations

from reportlab.graphics.shapes import Drawing, Group, Shape, String

from reports.flow import palette
from reports.flow.bands import SIGNS, draw_band, labels, swatch
from reports.flow.boxes import filled
from reports.flow.data import Direction, Flow, Row
from reports.flow.layout import COLUMN, LEFT, RIGHT, WIDTH, Bar, Layout, lay_out
from reports.flow.shares import share_text
from reports.flow.text import Anchor, text

_DRAWN_IN_TURN: tuple[Direction, ...] = ("stays", "other", "rises", "falls")
_LEGEND: tuple[tuple[Direction, str, str], ...] = (
    ("falls", "下降", "fall"),
    ("rises", "上升", "rise"),
    ("stays", "不变", "stay"),
)


def draw(flow: Flow) -> Drawing:
    """Return the picture of a flow."""
    places = lay_out(flow)
    drawing = Drawing(WIDTH, places.height)
    for direction in _DRAWN_IN_TURN:
        for ribbon in places.ribbons:
            if ribbon.band.direction == direction:
                drawing.add(draw_band(ribbon))
    for row, (left, right) in enumerate(zip(places.left, places.right, strict=True)):
        drawing.add(_bar(left, LEFT - COLUMN))
        drawing.add(_bar(right, RIGHT))
        drawing.add(_row(flow, row, places))
    drawing.add(_heading(flow, places.height))
    drawing.add(labels(places.ribbons))
    drawing.add(_legend(flow))
    return drawing


def _bar(bar: Bar, x: float) -> Shape:
    return filled((x, bar.low, COLUMN, bar.high - bar.low), palette.BAR)


def _row(flow: Flow, row: int, places: Layout) -> Group:
    """Write the name and the count of a row on both sides."""
    middle, words = places.middles[row], flow.rows[row]
    before, after = flow.at_start(row), flow.at_end(row)
    left, right = LEFT - COLUMN - 4, RIGHT + COLUMN + 4
    return Group(
        *_words(words, left, middle, "end"),
        text(_amount(before, flow), (left, middle - 17), 9.5, palette.INK, "end"),
        text(words.zh, (right, middle + 6), 12, palette.INK),
        text(_change(after - before), (right, middle - 6), 9.5, palette.GREY),
        text(_amount(after, flow), (right, middle - 17), 9.5, palette.INK),
    )


def _words(words: Row, x: float, middle: float, anchor: Anchor) -> tuple[String, String]:
    return (
        text(words.zh, (x, middle + 6), 12, palette.INK, anchor),
        text(words.en, (x, middle - 6), 8.5, palette.GREY, anchor),
    )


def _amount(count: int, flow: Flow) -> str:
    return f"{count:,} · {share_text(count, flow.total)}"


def _change(change: int) -> str:
    return f"{change:+,}".replace("-", "−") if change else "±0"


def _heading(flow: Flow, height: float) -> Group:
    """Write above both columns what they are."""
    left, right = LEFT - COLUMN - 4, RIGHT + COLUMN + 4
    return Group(
        text(flow.before.zh, (left, height - 16), 12, palette.FALLS_INK, "end"),
        text(flow.before.en, (left, height - 27), 8, palette.GREY, "end"),
        text(flow.after.zh, (right, height - 16), 12, palette.FALLS_INK),
        text(flow.after.en, (right, height - 27), 8, palette.GREY),
    )


def _legend(flow: Flow) -> Group:
    """Say what signs and patterns mean, with how many moved so."""
    group, place = Group(), WIDTH / len(_LEGEND)
    for number, (direction, zh, en) in enumerate(_LEGEND):
        x = number * place + 2
        group.add(swatch(direction, x, 15))
        group.add(text(f"{SIGNS[direction]} {zh} {flow.moved(direction):,}", (x + 24, 17), 10.5,
                       palette.INK))  # fmt: skip
        group.add(text(f"{en} · {share_text(flow.moved(direction), flow.total)}", (x + 24, 6), 8,
                       palette.GREY))  # fmt: skip
    return group
