"""Guilloche: families of fine curves, each a little turned against the last."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reports.certificate.artwork.drawing import Curve, Point, polar, smooth


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring of waves around a centre; `lobes` waves lie around it, `strands` times over."""

    radius: float
    swing: float
    lobes: int
    strands: int
    pieces: int = 4

    def path(self, centre: Point = (0.0, 0.0)) -> str:
        """Give all strands, spread evenly over one wave."""
        turns = range(self.strands)
        return "".join(self._strand(centre, math.tau * n / self.strands) for n in turns)

    def _strand(self, centre: Point, phase: float) -> str:
        def curve(angle: float) -> Point:
            return polar(
                self.radius + self.swing * math.cos(self.lobes * angle + phase),
                angle + math.pi / 2,
                centre,
            )

        return smooth(curve, 0.0, math.tau, self.lobes * self.pieces) + "h "


@dataclass(frozen=True, slots=True)
class Braid:
    """A straight band of waves that swells and narrows; it is symmetric about its middle."""

    length: float
    swing: float
    swell: float
    waves: int
    swells: int
    strands: int

    def path(self) -> str:
        """Give all strands along the x axis, from -length/2 to length/2."""
        return "".join(self._strand(math.tau * n / self.strands) for n in range(self.strands))

    def _strand(self, phase: float) -> str:
        half = self.length / 2
        return smooth(self._curve(phase), -half, half, self.waves * 4)

    def _curve(self, phase: float) -> Curve:
        def curve(x: float) -> Point:
            turn = math.tau * x / self.length
            reach = self.swing + self.swell * math.cos(self.swells * turn)
            return x, reach * math.cos(self.waves * turn + phase)

        return curve
