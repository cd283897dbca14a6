"""Laurel: branches of two-toned leaves, for the level above five stars."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.pathobject import PDFPathObject

from reports.certificate.artwork.palette import DARK_GOLD, RED, blend
from reports.certificate.artwork.paper import Paper
from reports.certificate.artwork.paths import Point, circles, polar, smooth

_EDGE = HexColor("#7A5412")
_LIGHT = blend(
    (0.0, HexColor("#B98A2C")),
    (0.5, HexColor("#E9C768")),
    (1.0, HexColor("#FFF0BF")),
)
_SHADE = blend(
    (0.0, HexColor("#8A6116")),
    (0.5, HexColor("#BF9032")),
    (1.0, HexColor("#DDB551")),
)
_PLUMP = 0.3  # half a leaf's width against its length


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf by its foot, its direction and its length."""

    foot: Point
    angle: float
    length: float

    def half(self, path: PDFPathObject, side: int) -> None:
        """Add the part on one side of the midrib to a path."""
        path.moveTo(*self.foot)
        bulge, shoulder = (0.25, _PLUMP * side), (0.7, _PLUMP * 0.9 * side)
        path.curveTo(*self._at(*bulge), *self._at(*shoulder), *self._at(1.0, 0.0))
        path.close()

    def _at(self, along: float, across: float) -> Point:
        cosine, sine = self.length * math.cos(self.angle), self.length * math.sin(self.angle)
        return (
            self.foot[0] + along * cosine - across * sine,
            self.foot[1] + along * sine + across * cosine,
        )


def wreath(paper: Paper, radius: float, start: float, stop: float, pairs: int) -> None:
    """Draw two branches that rise from below the origin, mirror images of each other."""
    with paper.form() as branch:
        _branch(paper, radius, start, stop, pairs)
    paper.use(branch, 0, 0)
    paper.use(branch, 0, 0, across=-1)


def _branch(paper: Paper, radius: float, start: float, stop: float, pairs: int) -> None:
    leaves = _leaves(radius, start, stop, pairs)
    paper.stroke(smooth([lambda a: polar(radius, a)], start, stop, 8), DARK_GOLD, 0.3)
    paper.setLineJoin(1)
    paper.stroke(_halves(leaves, 1, -1), _EDGE, 0.16)
    low, high = (0.0, -radius), (0.0, radius * 1.15)
    paper.linear(_halves(leaves, 1), low, high, _LIGHT)
    paper.linear(_halves(leaves, -1), low, high, _SHADE)
    paper.fill(circles(_berries(radius, start, stop, pairs), 0.32), RED)


def _halves(leaves: list[Leaf], *sides: int) -> PDFPathObject:
    path = PDFPathObject()
    for leaf in leaves:
        for side in sides:
            leaf.half(path, side)
    return path


def _leaves(radius: float, start: float, stop: float, pairs: int) -> list[Leaf]:
    """Place pairs of leaves along an arc, smaller towards the tip, and one at its end."""
    leaves = []
    step = (stop - start) / pairs
    for n in range(pairs):
        angle = start + n * step
        length = radius * (0.34 - 0.10 * n / pairs)
        foot, ahead = polar(radius, angle), angle + math.pi / 2
        leaves.append(Leaf(foot, ahead - 0.62, length))
        leaves.append(Leaf(foot, ahead + 0.55, length * 0.82))
    leaves.append(Leaf(polar(radius, stop), stop + math.pi / 2 + 0.1, radius * 0.26))
    return leaves


def _berries(radius: float, start: float, stop: float, pairs: int) -> list[Point]:
    step = (stop - start) / pairs
    return [polar(radius + 0.1, start + (n + 0.1) * step) for n in range(1, pairs)]
