"""Counts put together: a line for each committee or category, and a bar for each line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from evaluator.progress.queries import STAGES, Counted

WIDTH, LABEL, HEIGHT, GAP = 640, 250, 18, 8
"""Of the picture, in its own units: the bars, the room for names, one bar and the room between."""
Key = int | str


@dataclass(frozen=True)
class Line:
    """One committee or category: how many of its participants stand where."""

    key: Key
    title: str
    numbers: Mapping[str, int]

    @property
    def total(self) -> int:
        """Return how many participants there are."""
        return sum(self.numbers.values())

    def share(self, stage: str) -> int:
        """Return how many percent stand somewhere, rounded half up."""
        return (200 * self.numbers.get(stage, 0) + self.total) // (2 * self.total)


@dataclass(frozen=True)
class Piece:
    """A part of a bar."""

    stage: str
    x: int
    width: int
    number: int


@dataclass(frozen=True)
class Bar:
    """The bar of a line; every bar is as long as the others, so that shares can be compared."""

    line: Line
    y: int
    pieces: Sequence[Piece]


def lines_by(
    counts: Iterable[Counted], key: Callable[[Counted], Key], title: Callable[[Counted], str]
) -> list[Line]:
    """Return the lines of counts, in the order in which they first occur."""
    numbers: dict[Key, Counter[str]] = {}
    titles: dict[Key, str] = {}
    for each in counts:
        numbers.setdefault(key(each), Counter())[each.stage] += each.number
        titles[key(each)] = title(each)
    return [Line(each, titles[each], numbers[each]) for each in numbers]


def together(lines: Sequence[Line], title: str) -> Line:
    """Return all lines as one."""
    return Line("", title, sum((Counter(each.numbers) for each in lines), Counter()))


def bars(lines: Sequence[Line]) -> list[Bar]:
    """Return a bar for each line, from the top down."""
    return [Bar(each, row * (HEIGHT + GAP), _pieces(each)) for row, each in enumerate(lines)]


def _pieces(line: Line) -> list[Piece]:
    """Cut a bar so that its pieces fill it whatever is rounded."""
    found, begun = [], 0
    for stage in reversed(STAGES):
        number = line.numbers.get(stage, 0)
        if number:
            start, end = (WIDTH * each // line.total for each in (begun, begun + number))
            found.append(Piece(stage, LABEL + start, end - start, number))
            begun += number
    return found
