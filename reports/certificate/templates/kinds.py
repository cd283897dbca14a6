"""The kinds of ornaments: which colours and numbers may be said of each, and what they are else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reportlab.lib.colors import Color

from reports.certificate.artwork import palette

Range = tuple[float, float, float]  # the least, the most, and what it is where nothing is said


@dataclass(frozen=True, slots=True)
class Kind:
    """What may be said of an ornament beside its box."""

    colours: Mapping[str, Color] = field(default_factory=dict)
    numbers: Mapping[str, Range] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that an ornament of this kind may have."""
        return ("ornament", "box", "for", *self.names, *self.colours, *self.numbers)


_HAIR = (0.03, 3.0, 0.1)

KINDS: Mapping[str, Kind] = {
    "ground": Kind(
        {"inner": palette.LIGHT_CREAM, "middle": palette.CREAM, "outer": palette.PARCHMENT}
    ),
    "waves": Kind(
        {"colour": palette.WAVES},
        {"step": (0.5, 20.0, 1.45), "notch": (0.0, 50.0, 0.0), "width": (0.03, 3.0, 0.09)},
    ),
    "rosette": Kind({"colour": palette.WATERMARK}, {"width": _HAIR}),
    "corners": Kind(
        {"colour": palette.WATERMARK},
        {
            "reach": (5.0, 200.0, 38.5),
            "offset": (0.0, 50.0, 5.7),
            "notch": (0.0, 50.0, 0.0),
            "width": _HAIR,
        },
    ),
    "arcs": Kind({"colour": palette.GOLD}, {"reach": (2.0, 200.0, 27.0), "width": (0.05, 3, 0.4)}),
    "border": Kind(
        {"red": palette.RED, "gold": palette.GOLD},
        {"band": (1.0, 60.0, 10.0), "guilloche": (0, 1, 1)},
    ),
    "flourish": Kind({"colour": palette.GOLD}, {"gap": (0.0, 600.0, 116.0)}),
    "rays": Kind(
        {"colour": palette.GOLD, "tip": palette.CREAM},
        {"inner": (0.0, 0.95, 0.7), "shorter": (0.0, 1.0, 0.83)},
    ),
    "emblem": Kind(),
    "laurel": Kind(),
    "ribbon": Kind(),
    "picture": Kind(names=("picture",)),
    "panel": Kind({"fill": palette.WHITE, "line": palette.GOLD}, {"width": (0.0, 3.0, 0.18)}),
    "seal": Kind({"colour": palette.DOTS}, {"width": (0.05, 3.0, 0.28)}),
    "rule": Kind({"colour": palette.GOLD}, {"width": (0.03, 3.0, 0.25)}),
}
