"""Where everything stands in the flow picture: rows, the two columns, the bands between them.

Lengths are points; the picture is as wide as the text column of a phone, and is scaled whole.
The same row stands at the same height on both sides, so that whoever stays runs level and only
what moves slants.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.flow.data import Band, Flow

WIDTH = 344
LEFT, RIGHT = 100, 244
"""The inner edges of the two columns."""
COLUMN = 9
HEAD, FOOT = 40, 38
FLOW_HEIGHT = 230
"""As high as all organisations would be in one column."""
ROW, GAP = 40, 7
"""The least height of a row, which its three lines of text need, and the space between rows."""
THINNEST = 0.8
"""Even a single organisation among millions is seen."""


@dataclass(frozen=True)
class Bar:
    """The end of a row in one column, from `low` to `high`; heights count from below."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """Return the height of the middle."""
        return (self.low + self.high) / 2


@dataclass(frozen=True)
class Ribbon:
    """A band with its place: the heights of its middle on both sides, and its thickness."""

    band: Band
    start: float
    end: float
    thickness: float


@dataclass(frozen=True)
class Layout:
    """All places; `left` and `right` hold a bar for each row."""

    height: float
    left: tuple[Bar, ...]
    right: tuple[Bar, ...]
    middles: tuple[float, ...]
    ribbons: tuple[Ribbon, ...]


def lay_out(flow: Flow) -> Layout:
    """Return the places of everything in a flow."""
    bands = [each for each in flow.bands if each.count]
    thick = {each: _thickness(each.count, flow.total) for each in bands}
    rows = range(len(flow.rows))
    before = [sum(thick[each] for each in bands if each.start == row) for row in rows]
    after = [sum(thick[each] for each in bands if each.end == row) for row in rows]
    heights = [max(ROW, *pair) for pair in zip(before, after, strict=True)]
    height = HEAD + FOOT + sum(heights) + GAP * max(len(heights) - 1, 0)
    middles = _middles(heights, height)
    left, right = (
        tuple(
            Bar(middle - size / 2, middle + size / 2)
            for middle, size in zip(middles, sizes, strict=True)
        )
        for sizes in (before, after)
    )
    return Layout(height, left, right, middles, _ribbons(thick, left, right))


def _thickness(count: int, total: int) -> float:
    return max(FLOW_HEIGHT * count / max(total, 1), THINNEST)


def _middles(heights: list[float], height: float) -> tuple[float, ...]:
    found, top = [], height - HEAD
    for each in heights:
        found.append(top - each / 2)
        top -= each + GAP
    return tuple(found)


def _ribbons(
    thick: dict[Band, float], left: tuple[Bar, ...], right: tuple[Bar, ...]
) -> tuple[Ribbon, ...]:
    """Stack bands on both sides in the order of their other ends, so that few of them cross."""
    starts = _stacked(sorted(thick, key=lambda each: (each.start, each.end)), thick, left, "start")
    ends = _stacked(sorted(thick, key=lambda each: (each.end, each.start)), thick, right, "end")
    return tuple(Ribbon(each, starts[each], ends[each], thick[each]) for each in thick)


def _stacked(
    order: list[Band], thick: dict[Band, float], bars: tuple[Bar, ...], side: str
) -> dict[Band, float]:
    top = [bar.high for bar in bars]
    found = {}
    for band in order:
        row = band.start if side == "start" else band.end
        found[band] = top[row] - thick[band] / 2
        top[row] -= thick[band]
    return found
