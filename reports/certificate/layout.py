"""Where a line of text goes and how large it is, in millimetres."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from reports.certificate.faces import measure_in
from reports.certificate.templates.model import Alignment, Box, Lettering, TextField

Measure = Callable[[str], float]

LEADING = 1.34
HEIGHT = 1.06  # of a line, in em
_LIFT = 0.36  # from a character's middle to its baseline, in em
_CLOSING = frozenset("）)】〕》」』”’，。、；：,.;:!?！？·")
_OPENING = frozenset("（(【〔《「『“‘")
_UNITS = ("委员会", "总支部", "公司", "街道", "社区", "中心", "集团", "大学", "医院", "局")
_UNIT_ENDS = frozenset("省市区县镇乡村）)")
_TORN = 4.0  # what a break inside a unit costs, in em of imbalance


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of text at a size; x is where it begins, y the height of its baseline."""

    text: str
    size: float
    x: float
    y: float


@lru_cache(maxsize=8_192)
def placed(field: TextField, text: str) -> tuple[Line, ...]:
    """Set a text in its field: nothing where it is empty, or where it does not fit."""
    if not text:
        return ()
    lettering = field.lettering
    pieces, size = fitted(text, measure_in(lettering.face), field.box, lettering)
    return tuple(_lines(pieces, size, field.box, field.align, lettering))


def fits(field: TextField, text: str) -> bool:
    """Tell whether a text can be set in its field."""
    return not text or placed(field, text) != ()


def fitted(
    text: str, measure: Measure, box: Box, lettering: Lettering
) -> tuple[tuple[str, ...], float]:
    """Break a text into lines and give their size; no lines where it does not fit.

    On one line as long as that is no smaller than `one_line`; then on two; then, where two are
    not allowed or no better, on one again; and never smaller than `smallest`.
    """
    spacing = lettering.spacing / lettering.size
    whole = min(lettering.size, _largest((text,), measure, box, spacing))
    two = lettering.lines == 2 and len(text) > 1
    if whole >= (lettering.one_line if two else lettering.smallest):
        return (text,), whole
    if two:
        for cost in (_TORN, 0.0):
            pieces = balanced(text, measure, cost)
            size = min(lettering.two_lines, _largest(pieces, measure, box, spacing))
            if size >= lettering.smallest:
                return pieces, size
    return ((text,), whole) if whole >= lettering.smallest else ((), 0.0)


def _largest(pieces: tuple[str, ...], measure: Measure, box: Box, spacing: float) -> float:
    """Give the size at which the widest line is as wide as the box, or all are as high."""
    widest = max(measure(piece) + spacing * (len(piece) - 1) for piece in pieces)
    return min(box.width / max(widest, 1e-6), box.height / (HEIGHT + LEADING * (len(pieces) - 1)))


def _lines(
    pieces: tuple[str, ...], size: float, box: Box, align: Alignment, lettering: Lettering
) -> list[Line]:
    measure, spacing = measure_in(lettering.face), lettering.spacing / lettering.size
    top = box.middle[1] + LEADING * size * (len(pieces) - 1) / 2 - _LIFT * size
    lines = []
    for number, piece in enumerate(pieces):
        shown = piece.rstrip()
        free = box.width - (measure(shown) + spacing * (len(shown) - 1)) * size
        x = box.x + free * {"left": 0.0, "centre": 0.5, "right": 1.0}[align]
        lines.append(Line(piece, size, x, top - LEADING * size * number))
    return lines


def balanced(text: str, measure: Measure, torn: float = _TORN) -> tuple[str, str]:
    """Break a text in two where the lines are nearly equal and no word is torn."""
    whole = measure(text)
    best, cost = 1, float("inf")
    head = 0.0
    for at in range(1, len(text)):
        head += measure(text[at - 1])
        worse = abs(whole - 2 * head) + _ugly(text, at, torn)
        if worse < cost:
            best, cost = at, worse
    return text[:best], text[best:]


def _ugly(text: str, at: int, torn: float) -> float:
    """Weigh how badly a line breaks here: in em of imbalance that would be as bad."""
    before, after = text[at - 1], text[at]
    if after in _CLOSING or before in _OPENING:
        return 100.0
    if before.isascii() and after.isascii() and before.isalnum() and after.isalnum():
        return 50.0
    if text[:at].endswith(_UNITS) or before in _UNIT_ENDS or before == " ":
        return 0.0
    return torn
