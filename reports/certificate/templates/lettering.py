"""How a text is set, as a template says it."""

from __future__ import annotations

from reports.certificate.templates.model import FaceName, Lettering
from reports.certificate.templates.values import Part

LETTERING_KEYS = (
    "face",
    "size",
    "one_line",
    "two_lines",
    "smallest",
    "lines",
    "spacing",
    "weight",
    "colour",
)
LEAST = 0.6  # of the largest size: smaller letters would no longer look like the same field
_USUAL_TURN = 0.75
_FACES: tuple[FaceName, ...] = ("serif", "sans")
_LARGEST = 400.0
_CLOSER = 0.1  # of the largest size: letters that come closer than that stand on each other


def lettering_of(part: Part) -> Lettering:
    """Read how the text of a field is set; sizes are millimetres of an em."""
    size = part.number("size", 0.3, _LARGEST)
    least = size * LEAST
    smallest = _bound(part, "smallest", least, size, least)
    turn = max(_USUAL_TURN * size, smallest)
    return Lettering(
        part.choice("face", _FACES, "serif"),
        size,
        _bound(part, "one_line", smallest, size, turn),
        _bound(part, "two_lines", smallest, size, turn),
        smallest,
        int(part.number("lines", 1, 2, 1)),
        _spacing(part, size),
        part.number("weight", 0, 0.2, 0),
        part.colour("colour"),
    )


def _bound(part: Part, key: str, low: float, high: float, default: float) -> float:
    """Read a size that is no larger than `size` and no smaller than 60 % of it."""
    if key not in part.values:
        return default
    value = part.number(key, 0.1, _LARGEST)
    if "size" in part.values and not low - 1e-9 <= value <= high + 1e-9:
        sizes = {"found": f"{value:g}", "low": f"{low:g}", "high": f"{high:g}"}
        part.blame(key, "size", name=key, **sizes)
    return value


def _spacing(part: Part, size: float) -> float:
    value, closest = part.number("spacing", -_LARGEST, 200, 0), _CLOSER * size
    if value < -closest - 1e-9:
        part.blame("spacing", "spacing", found=f"{value:g}", most=f"{closest:g}")
        return 0.0
    return value
