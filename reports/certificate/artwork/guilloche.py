"""Guilloche: families of fine curves, each a little turned against the last."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reportlab.lib.colors import Color

from reports.certificate.artwork.paper import Paper
from reports.certificate.artwork.paths import Curve, Point, polar, smooth

_HALVES, _QUARTERS = 2, 4  # Bézier pieces for one wave


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring of waves around a centre; `lobes` waves lie around it, `strands` times over."""

    radius: float
    swing: float
    lobes: int
    strands: int

    def draw(self, paper: Paper, centre: Point, colour: Color, width: float) -> None:
        """Draw one strand, and turn it through a wave for the others."""
        with paper.form() as strand:
            path = smooth([self._at], 0.0, math.tau, self.lobes * _HALVES, closed=True)
            paper.stroke(path, colour, width)
        for n in range(self.strands):
            angle = math.pi / 2 + math.tau * n / (self.lobes * self.strands)
            paper.use(strand, *centre, turn=angle)

    def _at(self, angle: float) -> Point:
        return polar(self.radius + self.swing * math.cos(self.lobes * angle), angle)


@dataclass(frozen=True, slots=True)
class Braid:
    """A straight band of waves that swells and narrows; each swell holds whole waves."""

    swing: float
    swell: float
    waves: int
    strands: int

    def draw(self, paper: Paper, length: float, swells: int, colour: Color, width: float) -> None:
        """Draw one swell, and repeat it along the x axis around the origin."""
        step = length / swells
        with paper.form() as part:
            strands = [self._strand(n, step) for n in range(self.strands)]
            pieces = self.waves * _QUARTERS
            paper.stroke(smooth(strands, -step / 2, step / 2, pieces), colour, width)
        for n in range(swells):
            paper.use(part, (n + 0.5) * step - length / 2, 0)

    def _strand(self, number: int, step: float) -> Curve:
        phase = math.tau * number / self.strands

        def at(x: float) -> Point:
            turn = math.tau * x / step
            reach = self.swing + self.swell * math.cos(turn)
            return x, reach * math.cos(self.waves * turn + phase)

        return at
