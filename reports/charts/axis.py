"""A scale from left to right, with ticks at round values."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10

from reportlab.graphics.shapes import Group, Line

from reports.flow import palette
from reports.flow.text import text

MOST_STEPS = 5


@dataclass(frozen=True)
class Axis:
    """Where values from `low` to `high` stand between `left` and `right`."""

    low: float
    high: float
    left: float
    right: float

    def place(self, value: float) -> float:
        """Return where a value stands; beyond the ends it stands at the end."""
        inside = min(max(value, self.low), self.high)
        span = self.high - self.low
        share = (inside - self.low) / span if span else 0.5
        return self.left + share * (self.right - self.left)

    def ticks(self) -> list[float]:
        """Return round values inside the scale, six at most."""
        step = round_step((self.high - self.low) / MOST_STEPS)
        first, last = ceil(self.low / step - 1e-9), floor(self.high / step + 1e-9)
        return [number * step for number in range(first, last + 1)]

    def drawn(self, low: float, high: float) -> Group:
        """Return the ticks as lines from one height to another, their values below."""
        group = Group()
        for value in self.ticks():
            x = self.place(value)
            group.add(Line(x, low, x, high, strokeColor=palette.STAYS, strokeWidth=0.6))
            group.add(text(tick_text(value), (x, low - 9), 8, palette.GREY, "middle"))
        return group


def round_step(least: float) -> float:
    """Return the least of 1, 2, 5, 10, 20, 50 ... that is not below a number."""
    if least <= 0:
        return 1.0
    unit = 10.0 ** floor(log10(least))
    return next(unit * each for each in (1, 2, 5, 10) if unit * each >= least * (1 - 1e-9))


def tick_text(value: float) -> str:
    """Return a tick with a true minus sign: −5, 0, 0.5."""
    return f"{value:.6g}".replace("-", "−") if abs(value) > 1e-9 else "0"
