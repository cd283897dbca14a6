"""Paths for ReportLab's canvas; what it lacks is here: polygons, and curves given by a formula."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from reportlab.pdfgen.pathobject import PDFPathObject

Point = tuple[float, float]
Curve = Callable[[float], Point]


def polar(radius: float, angle: float, centre: Point = (0.0, 0.0)) -> Point:
    """Give the point at a distance and an angle (radians) from a centre."""
    return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)


def polygon(*outlines: Iterable[Point]) -> PDFPathObject:
    """Give a path of one or more closed figures of straight lines."""
    path = PDFPathObject()
    for outline in outlines:
        first, *rest = outline
        path.moveTo(*first)
        for point in rest:
            path.lineTo(*point)
        path.close()
    return path


def line(start: Point, end: Point) -> PDFPathObject:
    """Give a straight line."""
    path = PDFPathObject()
    path.moveTo(*start)
    path.lineTo(*end)
    return path


def rectangle(x: float, y: float, width: float, height: float) -> PDFPathObject:
    """Give a rectangle by its lower left corner."""
    path = PDFPathObject()
    path.rect(x, y, width, height)
    return path


def notched(x: float, y: float, width: float, height: float, notch: float) -> PDFPathObject:
    """Give a rectangle with square steps at its corners."""
    right, high, n = x + width, y + height, notch
    return polygon(
        [
            (x + n, y), (right - n, y), (right - n, y + n), (right, y + n),
            (right, high - n), (right - n, high - n), (right - n, high), (x + n, high),
            (x + n, high - n), (x, high - n), (x, y + n), (x + n, y + n),
        ]
    )  # fmt: skip


def circles(centres: Iterable[Point], radius: float) -> PDFPathObject:
    """Give circles of one size."""
    path = PDFPathObject()
    for centre in centres:
        path.circle(*centre, radius)
    return path


def circle(x: float, y: float, radius: float) -> PDFPathObject:
    """Give a circle."""
    return circles([(x, y)], radius)


def smooth(
    curves: Iterable[Curve], start: float, stop: float, pieces: int, *, closed: bool = False
) -> PDFPathObject:
    """Follow parametric curves with Bézier pieces that share their tangents."""
    path = PDFPathObject()
    for curve in curves:
        _follow(path, curve, start, (stop - start) / pieces, pieces)
        if closed:
            path.close()
    return path


def _follow(path: PDFPathObject, curve: Curve, start: float, step: float, pieces: int) -> None:
    path.moveTo(*_rounded(*curve(start)))
    _, leaving = _handles(curve, start, step)
    for n in range(1, pieces + 1):
        arriving, onwards = _handles(curve, start + n * step, step)
        end = curve(start + n * step)
        path.curveTo(*_rounded(*leaving, *arriving, *end))
        leaving = onwards


def _handles(curve: Curve, at: float, step: float) -> tuple[Point, Point]:
    """Give the points that steer the pieces before and after a point of the curve."""
    nudge = step * 1e-3
    (x, y), (x0, y0), (x1, y1) = curve(at), curve(at - nudge), curve(at + nudge)
    dx, dy = (x1 - x0) / 6e-3, (y1 - y0) / 6e-3
    return (x - dx, y - dy), (x + dx, y + dy)


def _rounded(*numbers: float) -> tuple[float, ...]:
    # A hundredth of a millimetre cannot be seen, and most of the artwork's bytes are curves.
    return tuple(round(number, 2) for number in numbers)
