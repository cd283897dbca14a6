"""What the charts show; plain values and finished words, from whoever asks for them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """One rating: where it stands, and up to two characters that tell whose it is."""

    value: float
    sign: str = ""
    is_dropped: bool = False
    """The trimmed mean leaves it out."""
    is_odd: bool = False
    """It deserves a second look."""


@dataclass(frozen=True)
class Strip:
    """The ratings of one case for one thing that was judged, and their mean where there is one."""

    label: str
    marks: tuple[Mark, ...]
    mean: float | None = None
    mean_text: str = ""


@dataclass(frozen=True)
class StripWords:
    """The words below strips, in the language of the page."""

    kept: str
    dropped: str
    odd: str
    mean: str


@dataclass(frozen=True)
class Strips:
    """Strips below each other, on one scale from `low` to `high`.

    `title` is what a reader without the picture is told that it shows.
    """

    title: str
    strips: tuple[Strip, ...]
    low: float
    high: float
    words: StripWords


@dataclass(frozen=True)
class Level:
    """One panellist: how much higher than the others, within which interval, and both as text.

    Without an interval the point is hollow; without a value the text alone says why.
    """

    name: str
    value: float | None
    interval: tuple[float, float] | None
    text: str

    @property
    def is_apart(self) -> bool:
        """Whether the interval lies on one side of zero."""
        return self.interval is not None and not self.interval[0] <= 0 <= self.interval[1]


@dataclass(frozen=True)
class LevelWords:
    """The words around the levels, in the language of the page."""

    severe: str
    lenient: str
    apart: str
    among: str


@dataclass(frozen=True)
class Levels:
    """Panellists below each other, in the order given, around zero."""

    title: str
    levels: tuple[Level, ...]
    words: LevelWords


@dataclass(frozen=True)
class Spoke:
    """One dimension: its points as text, the share won, and the median's share where it is shown.

    Shares are for the eye alone; no points are ever worked out from them.
    """

    name: str
    text: str
    share: float
    median: float | None = None


@dataclass(frozen=True)
class RadarWords:
    """What the two lines are called; an empty `median` shows none."""

    own: str
    median: str


@dataclass(frozen=True)
class Radar:
    """Shares by dimension, as a radar from three dimensions on, else as bars."""

    title: str
    spokes: tuple[Spoke, ...]
    words: RadarWords


@dataclass(frozen=True)
class Stack:
    """A bar of a group: how many stand in each of the kinds."""

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Stacks:
    """Bars of equal length below each other, cut by kinds; the first kind stands at the left.

    `tones` says of each kind how it is filled: a number from 0 (nothing) to 5 (the highest).
    """

    title: str
    kinds: tuple[str, ...]
    tones: tuple[int, ...]
    stacks: tuple[Stack, ...]


@dataclass(frozen=True)
class Target:
    """An aim: what it is, how far it is reached now and was before, and where it lies."""

    name: str
    text: str
    share: float
    before: float
    aim: float
    is_reached: bool


@dataclass(frozen=True)
class TargetWords:
    """The words below targets."""

    now: str
    before: str
    aim: str


@dataclass(frozen=True)
class Targets:
    """Aims below each other, on one scale from nothing to all."""

    title: str
    targets: tuple[Target, ...]
    words: TargetWords
