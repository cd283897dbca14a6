"""A red ribbon with folded ends, to carry a word."""

from __future__ import annotations

from reportlab.lib.colors import HexColor

from reports.certificate.artwork.palette import DARK_GOLD, LIGHT_GOLD, RED, blend
from reports.certificate.artwork.paper import Paper
from reports.certificate.artwork.paths import line, polygon, rectangle

HALF, HEIGHT = 14.0, 7.6
WIDTH = 45.0  # with its ends
_TAIL, _DROP, _FOLD = 8.5, 2.0, 3.2
_FRONT = blend(
    (0.0, HexColor("#8E0A13")),
    (0.5, HexColor("#CE1F26")),
    (1.0, HexColor("#A30E17")),
)
_END = blend((0.0, HexColor("#5A040A")), (1.0, RED))
_BACK = blend((0.0, HexColor("#74070F")), (1.0, HexColor("#A10E17")))


def draw(paper: Paper) -> None:
    """Draw the ribbon with the middle of its front at the origin."""
    low = -HEIGHT / 2
    for side in (-1, 1):
        _tail(paper, side, low)
    front = rectangle(-HALF, low, 2 * HALF, HEIGHT)
    paper.linear(front, (0, low), (0, low + HEIGHT), _FRONT)
    paper.stroke(front, DARK_GOLD, 0.2)
    for edge in (low + 0.7, low + HEIGHT - 0.7):
        paper.stroke(line((-HALF, edge), (HALF, edge)), LIGHT_GOLD, 0.16)


def _tail(paper: Paper, side: int, low: float) -> None:
    """Draw one end: it comes out from behind the front, lower down, and is cut in a notch."""
    inner, outer = side * (HALF - _FOLD), side * (HALF + _TAIL)
    base, top = low - _DROP, low + HEIGHT - _DROP
    notch = (outer - side * 3.0, (base + top) / 2)
    tail = polygon([(inner, base), (outer, base), notch, (outer, top), (inner, top)])
    paper.linear(tail, (inner, base), (outer, base), _END)
    paper.stroke(tail, DARK_GOLD, 0.2)
    fold = polygon([(inner, base), (side * HALF, low), (inner, low)])
    paper.linear(fold, (inner, base), (side * HALF, low), _BACK)
