"""What a template says: a page, its ornaments and its fields; lengths are millimetres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from reportlab.lib.colors import Color

from reports.certificate.pictures import Picture
from reports.certificate.templates.facts import Wording
from reports.certificate.templates.problems import Position

POINTS = 72 / 25.4  # in a millimetre
Alignment = Literal["left", "centre", "right"]
FaceName = Literal["serif", "sans"]
Audience = Literal["all", "usual", "model"]
PaperKind = Literal["certificate", "plaque", "sticker"]


@dataclass(frozen=True, slots=True)
class Page:
    """The sheet as it is cut, what is printed beyond its edge, and what is kept free inside."""

    width: float
    height: float
    bleed: float
    margin: float


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the page by its lower left corner, as PDF counts; y grows upwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        """The point in the middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def overlaps(self, other: Box) -> bool:
        """Tell whether two boxes share more than an edge."""
        across = self.x < other.x + other.width and other.x < self.x + self.width
        return across and self.y < other.y + other.height and other.y < self.y + self.height


@dataclass(frozen=True, slots=True)
class Lettering:
    """How a text is set and how small it may become.

    It stands on one line as long as that is no smaller than `one_line`, otherwise, where it may
    have two lines, on two that are no larger than `two_lines`; never is it below `smallest`.
    `spacing` (millimetres between letters) and `weight` (em) belong to the largest size.
    """

    face: FaceName
    size: float
    one_line: float
    two_lines: float
    smallest: float
    lines: int
    spacing: float
    weight: float
    colour: Color


@dataclass(frozen=True, eq=False, slots=True)
class TextField:
    """A text with facts in it."""

    name: str
    box: Box
    align: Alignment
    audience: Audience
    wording: Wording
    lettering: Lettering


@dataclass(frozen=True, slots=True)
class MicroField:
    """A line that looks like a hairline until it is magnified; it fills its box's width."""

    name: str
    box: Box
    wording: Wording
    lettering: Lettering


@dataclass(frozen=True, slots=True)
class StarsField:
    """The row of the level's stars, as wide as five of them."""

    name: str
    box: Box

    @property
    def radius(self) -> float:
        """The distance from a star's middle to its points."""
        return self.box.height / 1.9

    @property
    def step(self) -> float:
        """The distance between two stars' middles."""
        return (self.box.width - 2 * self.radius) / 4


@dataclass(frozen=True, slots=True)
class CodeField:
    """The QR code; its box holds the quiet zone too and is pure white."""

    name: str
    box: Box


Field = TextField | MicroField | StarsField | CodeField


@dataclass(frozen=True, slots=True)
class Ornament:
    """Something drawn; what else may be said of it depends on its kind."""

    kind: str
    box: Box
    audience: Audience
    colours: Mapping[str, Color]
    numbers: Mapping[str, float]
    picture: Picture | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Template:
    """A kind of certificate; each one that was read is itself alone, whatever it says.

    `places` tells where a field's keys stand in the file, by the field's name and the key, and
    where the keys of the top stand, by no name.
    """

    name: str
    title: Mapping[str, str]
    page: Page
    ornaments: tuple[Ornament, ...]
    fields: tuple[Field, ...]
    kind: PaperKind = "certificate"
    places: Mapping[tuple[str, str], Position] = field(default_factory=dict)
    shared_texts: tuple[TextField, ...] = field(init=False)
    own_texts: tuple[TextField, ...] = field(init=False)
    micro_lines: tuple[MicroField, ...] = field(init=False)
    stars: StarsField | None = field(init=False)
    codes: tuple[CodeField, ...] = field(init=False)

    def __post_init__(self) -> None:
        texts = [f for f in self.fields if isinstance(f, TextField)]
        stars = [f for f in self.fields if isinstance(f, StarsField)]
        found = {
            "shared_texts": tuple(f for f in texts if not f.wording.own),
            "own_texts": tuple(f for f in texts if f.wording.own),
            "micro_lines": tuple(f for f in self.fields if isinstance(f, MicroField)),
            "stars": stars[0] if stars else None,
            "codes": tuple(f for f in self.fields if isinstance(f, CodeField)),
        }
        for name, value in found.items():
            object.__setattr__(self, name, value)

    @property
    def own_fields(self) -> tuple[TextField | MicroField, ...]:
        """The texts that differ from page to page, fine line and all."""
        return (*self.own_texts, *self.micro_lines)
