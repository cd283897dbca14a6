"""How much a template may hold, so that a page is drawn in a moment and stays small."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reports.certificate.templates.model import Field, MicroField, Ornament
from reports.certificate.templates.values import Part

MOST_FIELDS, MOST_ORNAMENTS, MOST_PICTURES = 40, 60, 8
MOST_CURVES = 50_000
MOST_MICRO = 2_000
MOST_KILOBYTES = 4_000  # of pictures; every file that is sent by itself holds them
LONGEST_TITLE = 40
_ROSETTE, _CORNERS, _BLOCKS = 1_200, 2_700, 800
_SHORTEST = 4
_WAVE, _SWELL, _SWELL_LENGTH, _BAND = 4.3, 128, 18.0, 10.0  # as the artwork draws them


def first_of(top: Part, key: str, parts: Sequence[Part], most: int) -> list[Part]:
    """Give as many parts as a list may have; what comes after them is not looked at."""
    if len(parts) > most:
        top.blame(key, "too-many", found=len(parts), name=key, most=most)
    return list(parts[:most])


def check_bounds(top: Part, ornaments: Iterable[Ornament], fields: Iterable[Field]) -> None:
    """Keep what would take too long to draw."""
    drawn = list(ornaments)
    curves = sum(map(_curves, drawn))
    if curves > MOST_CURVES:
        top.blame("ornaments", "too-fine", found=f"{curves:,}", most=f"{MOST_CURVES:,}")
    pictures = [ornament.picture for ornament in drawn if ornament.picture is not None]
    if len(pictures) > MOST_PICTURES:
        top.blame("ornaments", "too-many", found=len(pictures), name="pictures", most=MOST_PICTURES)
    size = sum({picture.digest: len(picture.content) for picture in pictures}.values()) / 1000
    if size > MOST_KILOBYTES:
        found = {"found": f"{size:,.0f}", "most": f"{MOST_KILOBYTES:,}"}
        top.blame("ornaments", "too-heavy", **found)
    micro = (f for f in fields if isinstance(f, MicroField))
    letters = round(sum(f.box.width / f.lettering.size for f in micro))
    if letters > MOST_MICRO:
        top.blame("fields", "too-much-micro", found=f"{letters:,}", most=f"{MOST_MICRO:,}")


def _curves(ornament: Ornament) -> int:
    """Count the pieces of curve that an ornament takes, nearly."""
    box, numbers = ornament.box, ornament.numbers
    if ornament.kind == "waves":
        return round(box.height / numbers["step"] * max(_SHORTEST, box.width / _WAVE))
    if ornament.kind == "border":
        swells = 2 * (box.width + box.height) * _BAND / numbers["band"] / _SWELL_LENGTH
        return _BLOCKS + round(swells * _SWELL * bool(numbers["guilloche"]))
    return {"rosette": _ROSETTE, "corners": _CORNERS}.get(ornament.kind, 10)
