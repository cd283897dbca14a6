"""The artwork as PDF objects: each drawing once, whoever uses it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from reports.certificate import forms
from reports.certificate.artwork.drawing import Drawing
from reports.certificate.objects import stream

FRAME, STAR, CREST, CROWNED_CREST = "A", "G", "K", "M"  # the names that pages use
SMALLEST = 9  # compression: the artwork is packed once in the life of a process
_BOX = b"/Type/XObject/Subtype/Form/BBox[-300 -300 600 600]"


@dataclass(frozen=True, slots=True)
class Artwork:
    """Some drawings and all that they use, as objects numbered from the first on."""

    numbers: dict[str, int]
    objects: tuple[bytes, ...]

    def named(self, *names: str) -> bytes:
        """Give the entries of a resource dictionary for drawings by their names."""
        return b"".join(b"/%s %d 0 R" % (n.encode(), self.numbers[n]) for n in names)


@cache
def artwork(crests: tuple[str, ...], first: int) -> Artwork:
    """Prepare the artwork of a document that shows these crests."""
    found: dict[str, Drawing] = {}
    for name in (FRAME, STAR, *crests):
        found[name] = _root(name)
        _collect(found[name], found)
    numbers = {name: number for number, name in enumerate(found, first)}
    return Artwork(numbers, tuple(_object(drawing, numbers) for drawing in found.values()))


def form(content: bytes, resources: bytes) -> bytes:
    """Give a form XObject; nothing is cut off at its edges."""
    return stream(content, b"%s/Resources<<%s>>" % (_BOX, resources), SMALLEST)


def _root(name: str) -> Drawing:
    if name == FRAME:
        return forms.frame()
    if name == STAR:
        return forms.level_star()
    return forms.crest(model=name == CROWNED_CREST)


def _collect(drawing: Drawing, found: dict[str, Drawing]) -> None:
    for name, part in drawing.used.items():
        found[name] = part
        _collect(part, found)


def _object(drawing: Drawing, numbers: dict[str, int]) -> bytes:
    shadings = "".join(f"/{name} {body}" for name, body in drawing.shadings.items())
    parts = "".join(f"/{name} {numbers[name]} 0 R" for name in drawing.used)
    return form(drawing.content(), f"/Shading<<{shadings}>>/XObject<<{parts}>>".encode())
