"""The artwork as PDF objects: each drawing once, whoever uses it."""

from __future__ import annotations

from functools import cache

from reports.certificate import forms
from reports.certificate.artwork.drawing import Drawing
from reports.certificate.objects import stream

FIRST = 4  # after the catalogue, the information and the page tree
SMALLEST = 9  # compression: the artwork is packed once in the life of a process
_BOX = b"/Type/XObject/Subtype/Form/BBox[-300 -300 600 600]"


def form(content: bytes, resources: bytes, level: int = SMALLEST) -> bytes:
    """Give a form XObject; nothing is cut off at its edges."""
    return stream(content, b"%s/Resources<<%s>>" % (_BOX, resources), level)


@cache
def roots() -> dict[str, Drawing]:
    """Give the drawings that pages name: ground and border, two crests, and the star."""
    return {
        "A": forms.frame(),
        "K": forms.crest(False),
        "M": forms.crest(True),
        "G": forms.level_star(),
    }


@cache
def numbers() -> dict[str, int]:
    """Give the object number of every drawing."""
    return {name: number for number, name in enumerate(_collected(), FIRST)}


@cache
def objects() -> tuple[bytes, ...]:
    """Give the body of every drawing's object, in the order of their numbers."""
    return tuple(_object(drawing) for drawing in _collected().values())


def names(wanted: str) -> bytes:
    """Give the entries of a resource dictionary for drawings by their names."""
    return b"".join(b"/%s %d 0 R" % (name.encode(), numbers()[name]) for name in wanted)


@cache
def _collected() -> dict[str, Drawing]:
    found = dict(roots())
    for drawing in roots().values():
        _collect(drawing, found)
    return found


def _collect(drawing: Drawing, found: dict[str, Drawing]) -> None:
    for name, part in drawing.used.items():
        found[name] = part
        _collect(part, found)


def _object(drawing: Drawing) -> bytes:
    shadings = "".join(f"/{name} {body}" for name, body in drawing.shadings.items())
    parts = "".join(f"/{name} {numbers()[name]} 0 R" for name in drawing.used)
    resources = f"/Shading<<{shadings}>>/XObject<<{parts}>>"
    return form(drawing.content(), resources.encode())
