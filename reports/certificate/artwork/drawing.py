"""Paths, colours and gradients as PDF operators; lengths are millimetres, y goes up."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

Point = tuple[float, float]
Colour = tuple[float, float, float]
Curve = Callable[[float], Point]
Stops = tuple[tuple[float, Colour], ...]

Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_KAPPA = 0.5522847498


def hexadecimal(code: str) -> Colour:
    """Read a colour as on the web: B01019."""
    red, green, blue = bytes.fromhex(code)
    return red / 255, green / 255, blue / 255


def polar(radius: float, angle: float, centre: Point = (0.0, 0.0)) -> Point:
    """Give the point at a distance and an angle (radians) from a centre."""
    return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)


def moved(x: float, y: float, across: int = 1, up: int = 1) -> Matrix:
    """Give the matrix that mirrors, where a sign is negative, and then moves."""
    return across, 0, 0, up, x, y


def turned(angle: float, centre: Point = (0.0, 0.0)) -> Matrix:
    """Give the matrix that turns anticlockwise and then moves to a centre."""
    cosine, sine = math.cos(angle), math.sin(angle)
    return cosine, sine, -sine, cosine, centre[0], centre[1]


def polygon(points: Iterable[Point]) -> str:
    """Give a closed path of straight lines."""
    first, *rest = points
    lines = "".join(f"{x:.2f} {y:.2f} l " for x, y in rest)
    return f"{first[0]:.2f} {first[1]:.2f} m {lines}h "


def polyline(points: Iterable[Point]) -> str:
    """Give an open path of straight lines."""
    return polygon(points)[:-2]


def rectangle(x: float, y: float, width: float, height: float) -> str:
    """Give a rectangle by its lower left corner."""
    return f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re "


def circle(x: float, y: float, r: float) -> str:
    """Give a circle as four curves."""
    k = r * _KAPPA
    return (
        f"{x + r:.2f} {y:.2f} m "
        f"{x + r:.2f} {y + k:.2f} {x + k:.2f} {y + r:.2f} {x:.2f} {y + r:.2f} c "
        f"{x - k:.2f} {y + r:.2f} {x - r:.2f} {y + k:.2f} {x - r:.2f} {y:.2f} c "
        f"{x - r:.2f} {y - k:.2f} {x - k:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c "
        f"{x + k:.2f} {y - r:.2f} {x + r:.2f} {y - k:.2f} {x + r:.2f} {y:.2f} c h "
    )


def smooth(curve: Curve, start: float, stop: float, pieces: int) -> str:
    """Follow a parametric curve with Bézier pieces that share its tangents."""
    step = (stop - start) / pieces
    nudge = step * 1e-3
    x, y = curve(start)
    parts = [f"{x:.2f} {y:.2f} m"]
    previous: tuple[float, float, float, float] | None = None
    for n in range(pieces + 1):
        t = start + n * step
        (x, y), (x0, y0), (x1, y1) = curve(t), curve(t - nudge), curve(t + nudge)
        dx, dy = (x1 - x0) / 6e-3, (y1 - y0) / 6e-3
        if previous is not None:
            px, py, pdx, pdy = previous
            parts.append(
                f"{px + pdx:.2f} {py + pdy:.2f} {x - dx:.2f} {y - dy:.2f} {x:.2f} {y:.2f} c"
            )
        previous = (x, y, dx, dy)
    return "\n".join(parts) + " "


@dataclass(slots=True)
class Drawing:
    """Operators in the order of painting, and what they name: gradients and other drawings."""

    parts: list[str] = field(default_factory=list)
    shadings: dict[str, str] = field(default_factory=dict)
    used: dict[str, Drawing] = field(default_factory=dict)

    def fill(self, path: str, colour: Colour, *, even_odd: bool = False) -> None:
        """Fill a path with one colour."""
        self.parts.append(f"{_components(colour)} rg {path}{'f*' if even_odd else 'f'}")

    def stroke(self, path: str, colour: Colour, width: float, dash: str = "[]") -> None:
        """Draw a path's outline."""
        self.parts.append(f"{_components(colour)} RG {width:.2f} w {dash} 0 d {path}S")

    def linear(
        self, path: str, start: Point, end: Point, stops: Stops, *, even_odd: bool = False
    ) -> None:
        """Fill a path with colours that change along a line."""
        coordinates = f"{start[0]:.2f} {start[1]:.2f} {end[0]:.2f} {end[1]:.2f}"
        self._shade(path, 2, coordinates, stops, even_odd)

    def radial(self, path: str, centre: Point, radius: float, stops: Stops) -> None:
        """Fill a path with colours that change from a centre outwards."""
        x, y = centre
        self._shade(path, 3, f"{x:.2f} {y:.2f} 0 {x:.2f} {y:.2f} {radius:.2f}", stops, False)

    def use(self, part: Drawing, matrix: Matrix = IDENTITY) -> None:
        """Paint another drawing, which is stored once however often it is used."""
        name = f"D{zlib.crc32(part.content()):08x}"
        self.used[name] = part
        numbers = " ".join(f"{number:.5f}" for number in matrix)
        self.parts.append(f"q {numbers} cm /{name} Do Q")

    def content(self) -> bytes:
        """Give the operators."""
        return "\n".join(self.parts).encode()

    def _shade(self, path: str, kind: int, coordinates: str, stops: Stops, even_odd: bool) -> None:
        shading = (
            f"<</ShadingType {kind}/ColorSpace/DeviceRGB/Coords[{coordinates}]"
            f"/Extend[true true]/Function {_function(stops)}>>"
        )
        name = self._name(shading)
        self.parts.append(f"q {path}{'W*' if even_odd else 'W'} n /{name} sh Q")

    def _name(self, shading: str) -> str:
        # Named by content: an equal gradient is stored once.
        name = f"S{zlib.crc32(shading.encode()):08x}"
        self.shadings[name] = shading
        return name


def _function(stops: Stops) -> str:
    pairs = list(pairwise(stops))
    steps = "".join(
        f"<</FunctionType 2/Domain[0 1]/N 1/C0[{_components(a)}]/C1[{_components(b)}]>>"
        for (_, a), (_, b) in pairs
    )
    if len(pairs) == 1:
        return steps
    bounds = " ".join(f"{at:.2f}" for at, _ in stops[1:-1])
    encode = " ".join("0 1" for _ in pairs)
    return f"<</FunctionType 3/Domain[0 1]/Functions[{steps}]/Bounds[{bounds}]/Encode[{encode}]>>"


def _components(colour: Colour) -> str:
    return " ".join(f"{part:.3f}" for part in colour)
