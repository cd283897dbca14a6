"""Where a line of text goes and how large it is, in millimetres."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Measure = Callable[[str], float]

LEADING = 1.34
_LIFT = 0.36  # from a character's middle to its baseline, in em
_CLOSING = frozenset("）)】〕》」』”’，。、；：,.;:!?！？·")
_OPENING = frozenset("（(【〔《「『“‘")
_UNITS = ("委员会", "总支部", "公司", "街道", "社区", "中心", "集团", "大学", "医院", "局")
_UNIT_ENDS = frozenset("省市区县镇乡村）)")


@dataclass(frozen=True, slots=True)
class Room:
    """Where a text goes and the sizes it may have there.

    It stands on one line as long as that is no smaller than `one_line`, otherwise on two lines
    no larger than `two_lines`.
    """

    width: float
    middle: float
    largest: float
    one_line: float
    two_lines: float


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of text at a size; y is the height of its baseline."""

    text: str
    size: float
    y: float


def fitted(text: str, measure: Measure, width: float, largest: float) -> float:
    """Give the largest size, up to `largest`, at which a text is no wider than `width`."""
    em = measure(text)
    return largest if em * largest <= width else width / em


def _ugly(text: str, at: int) -> float:
    """Weigh how badly a line breaks here: in em of imbalance that would be as bad."""
    before, after = text[at - 1], text[at]
    if after in _CLOSING or before in _OPENING:
        return 100.0
    if before.isascii() and after.isascii() and before.isalnum() and after.isalnum():
        return 50.0
    if text[:at].endswith(_UNITS) or before in _UNIT_ENDS or before == " ":
        return 0.0
    return 4.0


def balanced(text: str, measure: Measure) -> tuple[str, str]:
    """Break a text in two where the lines are nearly equal and no word is torn."""
    whole = measure(text)
    best, cost = 1, float("inf")
    head = 0.0
    for at in range(1, len(text)):
        head += measure(text[at - 1])
        worse = abs(whole - 2 * head) + _ugly(text, at)
        if worse < cost:
            best, cost = at, worse
    return text[:best], text[best:]


def set_lines(text: str, measure: Measure, room: Room) -> tuple[Line, ...]:
    """Set a text around the middle of its room, on one line or on two of equal size."""
    size = fitted(text, measure, room.width, room.largest)
    base = room.middle - _LIFT * size
    if size >= room.one_line or len(text) == 1:
        return (Line(text, size, base),)
    upper, lower = balanced(text, measure)
    size = min(fitted(part, measure, room.width, room.two_lines) for part in (upper, lower))
    base, gap = room.middle - _LIFT * size, LEADING * size / 2
    return (Line(upper, size, base + gap), Line(lower, size, base - gap))
