"""The outline of a band, and the strokes that tell falling from rising without colour."""

from __future__ import annotations

from reportlab.graphics.shapes import Path

from reports.flow.layout import LEFT, RIGHT, Ribbon

_STROKE_EVERY = 5.0
_STRIPE_EVERY = 3.6
_LEAN = 4.0


def point(
    ribbon: Ribbon, t: float, across: float = 0.0, left: float = LEFT, right: float = RIGHT
) -> tuple[float, float]:
    """Return a point of a band: `t` from 0 at its start to 1, `across` from −½ below to ½ above."""
    s, middle = 1 - t, (left + right) / 2
    x = s**3 * left + 3 * s * t * middle + t**3 * right
    y = ribbon.start + (ribbon.end - ribbon.start) * (3 - 2 * t) * t * t
    return x, y + across * ribbon.thickness


def outline(ribbon: Ribbon, left: float = LEFT, right: float = RIGHT) -> Path:
    """Return the closed outline of a band."""
    half, middle = ribbon.thickness / 2, (left + right) / 2
    start, end = ribbon.start, ribbon.end
    path = Path()
    path.moveTo(left, start + half)
    path.curveTo(middle, start + half, middle, end + half, right, end + half)
    path.lineTo(right, end - half)
    path.curveTo(middle, end - half, middle, start - half, left, start - half)
    path.closePath()
    return path


def hatching(ribbon: Ribbon, left: float = LEFT, right: float = RIGHT) -> Path:
    """Return slanting strokes from edge to edge, as falling bands have."""
    path = Path()
    strokes = max(int((right - left) / _STROKE_EVERY), 1)
    lean = _LEAN / (right - left) / 2
    for number in range(strokes):
        t = (number + 0.5) / strokes
        path.moveTo(*point(ribbon, max(t - lean, 0), 0.5, left, right))
        path.lineTo(*point(ribbon, min(t + lean, 1), -0.5, left, right))
    return path


def stripes(ribbon: Ribbon, left: float = LEFT, right: float = RIGHT) -> Path:
    """Return lines along a band, at least one, as rising bands have."""
    path, middle = Path(), (left + right) / 2
    number = max(int(ribbon.thickness / _STRIPE_EVERY), 1)
    for each in range(number):
        shift = ((each + 0.5) / number - 0.5) * ribbon.thickness
        start, end = ribbon.start + shift, ribbon.end + shift
        path.moveTo(left, start)
        path.curveTo(middle, start, middle, end, right, end)
    return path
