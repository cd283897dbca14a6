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

_KAPPA = 0.5522847498


def hexadecimal(code: str) -> Colour:
    """Read a colour as on the web: B01019."""
    red, green, blue = bytes.fromhex(code)
    return red / 255, green / 255, blue / 255


def polar(radius: float, angle: float, centre: Point = (0.0, 0.0)) -> Point:
    """Give the point at a distance and an angle (radians) from a centre."""
    return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)


def polygon(points: Iterable[Point]) -> str:
    """Give a closed path of straight lines."""
    first, *rest = points
    lines = "".join(f"{x:.3f} {y:.3f} l " for x, y in rest)
    return f"{first[0]:.3f} {first[1]:.3f} m {lines}h "


def polyline(points: Iterable[Point]) -> str:
    """Give an open path of straight lines."""
    return polygon(points)[:-2]


def rectangle(x: float, y: float, width: float, height: float) -> str:
    """Give a rectangle by its lower left corner."""
    return f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re "


def circle(x: float, y: float, r: float) -> str:
    """Give a circle as four curves."""
    k = r * _KAPPA
    return (
        f"{x + r:.3f} {y:.3f} m "
        f"{x + r:.3f} {y + k:.3f} {x + k:.3f} {y + r:.3f} {x:.3f} {y + r:.3f} c "
        f"{x - k:.3f} {y + r:.3f} {x - r:.3f} {y + k:.3f} {x - r:.3f} {y:.3f} c "
        f"{x - r:.3f} {y - k:.3f} {x - k:.3f} {y - r:.3f} {x:.3f} {y - r:.3f} c "
        f"{x + k:.3f} {y - r:.3f} {x + r:.3f} {y - k:.3f} {x + r:.3f} {y:.3f} c h "
    )


def smooth(curve: Curve, start: float, stop: float, pieces: int) -> str:
    """Follow a parametric curve with Bézier pieces that share its tangents."""
    step = (stop - start) / pieces
    nudge = step * 1e-3
    x, y = curve(start)
    parts = [f"{x:.3f} {y:.3f} m"]
    previous: tuple[float, float, float, float] | None = None
    for n in range(pieces + 1):
        t = start + n * step
        (x, y), (x0, y0), (x1, y1) = curve(t), curve(t - nudge), curve(t + nudge)
        dx, dy = (x1 - x0) / 6e-3, (y1 - y0) / 6e-3
        if previous is not None:
            px, py, pdx, pdy = previous
            parts.append(
                f"{px + pdx:.3f} {py + pdy:.3f} {x - dx:.3f} {y - dy:.3f} {x:.3f} {y:.3f} c"
            )
        previous = (x, y, dx, dy)
    return "\n".join(parts) + " "


@dataclass(slots=True)
class Drawing:
    """Operators in the order of painting, and the gradients that they name."""

    parts: list[str] = field(default_factory=list)
    shadings: dict[str, str] = field(default_factory=dict)

    def fill(self, path: str, colour: Colour, *, even_odd: bool = False) -> None:
        """Fill a path with one colour."""
        red, green, blue = colour
        self.parts.append(f"{red:.3f} {green:.3f} {blue:.3f} rg {path}{'f*' if even_odd else 'f'}")

    def stroke(self, path: str, colour: Colour, width: float, dash: str = "[]") -> None:
        """Draw a path's outline."""
        red, green, blue = colour
        self.parts.append(
            f"{red:.3f} {green:.3f} {blue:.3f} RG {width:.3f} w {dash} 0 d {path}S"
        )

    def linear(
        self, path: str, start: Point, end: Point, stops: Stops, *, even_odd: bool = False
    ) -> None:
        """Fill a path with colours that change along a line."""
        coordinates = f"{start[0]:.3f} {start[1]:.3f} {end[0]:.3f} {end[1]:.3f}"
        self._shade(path, 2, coordinates, stops, even_odd)

    def radial(self, path: str, centre: Point, radius: float, stops: Stops) -> None:
        """Fill a path with colours that change from a centre outwards."""
        x, y = centre
        self._shade(path, 3, f"{x:.3f} {y:.3f} 0 {x:.3f} {y:.3f} {radius:.3f}", stops, False)

    def placed(self, other: Drawing, x: float, y: float, scale: tuple[float, float]) -> None:
        """Paint another drawing moved and scaled; a negative scale mirrors it."""
        self.parts.append(f"q {scale[0]:.4f} 0 0 {scale[1]:.4f} {x:.3f} {y:.3f} cm")
        self.parts.extend(other.parts)
        self.parts.append("Q")
        self.shadings.update(other.shadings)

    def _shade(
        self, path: str, kind: int, coordinates: str, stops: Stops, even_odd: bool
    ) -> None:
        shading = (
            f"<</ShadingType {kind}/ColorSpace/DeviceRGB/Coords[{coordinates}]"
            f"/Extend[true true]/Function {_function(stops)}>>"
        )
        name = self._name(shading)
        self.parts.append(f"q {path}{'W*' if even_odd else 'W'} n /{name} sh Q")

    def _name(self, shading: str) -> str:
        # Named by content, so that drawings can be placed in one another without a clash.
        name = f"S{_checksum(shading):08x}"
        self.shadings[name] = shading
        return name


def _checksum(text: str) -> int:
    return zlib.crc32(text.encode())


def _function(stops: Stops) -> str:
    pairs = list(pairwise(stops))
    steps = "".join(
        f"<</FunctionType 2/Domain[0 1]/N 1/C0[{_components(a)}]/C1[{_components(b)}]>>"
        for (_, a), (_, b) in pairs
    )
    if len(pairs) == 1:
        return steps
    bounds = " ".join(f"{at:.3f}" for at, _ in stops[1:-1])
    encode = " ".join("0 1" for _ in pairs)
    return (
        f"<</FunctionType 3/Domain[0 1]/Functions[{steps}]/Bounds[{bounds}]/Encode[{encode}]>>"
    )


def _components(colour: Colour) -> str:
    return " ".join(f"{part:.3f}" for part in colour)
