"""Laurel: branches of two-toned leaves, for the level above five stars."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reports.certificate.artwork.drawing import (
    Drawing,
    Point,
    Stops,
    circle,
    hexadecimal,
    moved,
    polar,
    smooth,
)
from reports.certificate.artwork.palette import DARK_GOLD

_LIGHT: Stops = (
    (0.0, hexadecimal("B98A2C")),
    (0.5, hexadecimal("E9C768")),
    (1.0, hexadecimal("FFF0BF")),
)
_SHADE: Stops = (
    (0.0, hexadecimal("8A6116")),
    (0.5, hexadecimal("BF9032")),
    (1.0, hexadecimal("DDB551")),
)
_PLUMP = 0.3  # half a leaf's width against its length


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf by its foot, its direction and its length."""

    foot: Point
    angle: float
    length: float

    def half(self, side: int) -> str:
        """Give the part on one side of the midrib."""
        turn, size = self.angle, self.length
        points = [(0.25, _PLUMP * side), (0.7, _PLUMP * 0.9 * side), (1.0, 0.0)]
        moved = [self._at(along * size, across * size, turn) for along, across in points]
        curve = " ".join(f"{x:.2f} {y:.2f}" for x, y in moved)
        return f"{self.foot[0]:.2f} {self.foot[1]:.2f} m {curve} c h "

    def _at(self, along: float, across: float, turn: float) -> Point:
        cosine, sine = math.cos(turn), math.sin(turn)
        return (
            self.foot[0] + along * cosine - across * sine,
            self.foot[1] + along * sine + across * cosine,
        )


def wreath(drawing: Drawing, radius: float, start: float, stop: float, pairs: int) -> None:
    """Draw two branches that rise from below the origin, mirror images of each other."""
    branch = Drawing()
    _branch(branch, radius, start, stop, pairs)
    drawing.use(branch)
    drawing.use(branch, moved(0, 0, -1))


def _branch(branch: Drawing, radius: float, start: float, stop: float, pairs: int) -> None:
    leaves = _leaves(radius, start, stop, pairs)
    branch.stroke(smooth(lambda a: polar(radius, a), start, stop, 8), DARK_GOLD, 0.3)
    edges = "".join(leaf.half(side) for leaf in leaves for side in (1, -1))
    branch.stroke("1 j " + edges, hexadecimal("7A5412"), 0.16)
    low, high = (0.0, -radius), (0.0, radius * 1.15)
    branch.linear("".join(leaf.half(1) for leaf in leaves), low, high, _LIGHT)
    branch.linear("".join(leaf.half(-1) for leaf in leaves), low, high, _SHADE)
    branch.fill("".join(_berries(radius, start, stop, pairs)), hexadecimal("B5121B"))


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


def _berries(radius: float, start: float, stop: float, pairs: int) -> list[str]:
    step = (stop - start) / pairs
    return [circle(*polar(radius + 0.1, start + (n + 0.1) * step), 0.32) for n in range(1, pairs)]
