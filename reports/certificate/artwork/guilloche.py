"""Guilloche: families of fine curves, each a little turned against the last."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reports.certificate.artwork.drawing import (
    Colour,
    Drawing,
    Point,
    moved,
    polar,
    smooth,
    turned,
)

_HALVES, _QUARTERS = 2, 4  # Bézier pieces for one wave


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring of waves around a centre; `lobes` waves lie around it, `strands` times over."""

    radius: float
    swing: float
    lobes: int
    strands: int

    def draw(self, drawing: Drawing, centre: Point, colour: Colour, width: float) -> None:
        """Draw one strand, and turn it through a wave for the others."""
        strand = Drawing()
        path = smooth(self._at, 0.0, math.tau, self.lobes * _HALVES)
        strand.stroke(path + "h ", colour, width)
        for n in range(self.strands):
            angle = math.pi / 2 + math.tau * n / (self.lobes * self.strands)
            drawing.use(strand, turned(angle, centre))

    def _at(self, angle: float) -> Point:
        return polar(self.radius + self.swing * math.cos(self.lobes * angle), angle)


@dataclass(frozen=True, slots=True)
class Braid:
    """A straight band of waves that swells and narrows; each swell holds whole waves."""

    swing: float
    swell: float
    waves: int
    strands: int

    def draw(
        self, drawing: Drawing, length: float, swells: int, colour: Colour, width: float
    ) -> None:
        """Draw one swell, and repeat it along the x axis around the origin."""
        step = length / swells
        part = Drawing()
        part.stroke("".join(self._strand(n, step) for n in range(self.strands)), colour, width)
        for n in range(swells):
            drawing.use(part, moved((n + 0.5) * step - length / 2, 0))

    def _strand(self, number: int, step: float) -> str:
        phase = math.tau * number / self.strands

        def at(x: float) -> Point:
            turn = math.tau * x / step
            reach = self.swing + self.swell * math.cos(turn)
            return x, reach * math.cos(self.waves * turn + phase)

        return smooth(at, -step / 2, step / 2, self.waves * _QUARTERS)
