"""A template's YAML to a `Template`; every error with its file, line, column and how to mend it."""

from __future__ import annotations

from itertools import combinations
from typing import Literal

import yaml

from reports.certificate.templates.facts import NAMES, Wording
from reports.certificate.templates.kinds import KINDS
from reports.certificate.templates.lettering import LETTERING_KEYS, lettering_of
from reports.certificate.templates.model import (
    Alignment,
    Audience,
    Box,
    CodeField,
    Field,
    MicroField,
    Ornament,
    Page,
    StarsField,
    Template,
    TextField,
)
from reports.certificate.templates.problems import allowed
from reports.certificate.templates.values import Part, parsed, scalars

Shows = Literal["text", "stars", "code", "micro"]

TOP = ("template", "title", "page", "colours", "ornaments", "fields")
PAGE = ("width", "height", "orientation", "bleed", "margin")
BOX = ("x", "y", "width", "height")
ALIGNMENTS: tuple[Alignment, ...] = ("left", "centre", "right")
AUDIENCES: tuple[Audience, ...] = ("all", "usual", "model")
SHOWS: tuple[Shows, ...] = ("text", "stars", "code", "micro")
_PLAIN = ("field", "shows", "box")
_TEXT = ("field", "shows", "box", "align", "for", "text", *LETTERING_KEYS)
_MOST = 1500.0  # millimetres
LONGEST_TEXT = 300  # of what stands between the facts


def read_template(text: str, file: str = "<text>") -> Template:
    """Give the template of a YAML text; raises TemplateErrors."""
    source, node = parsed(text, file)
    top = Part(source, node, TOP)
    page = _page(top.part("page", PAGE))
    _name_colours(top)
    title = top.part("title", ("zh", "en"))
    template = Template(
        top.text("template"),
        {"zh": title.text("zh"), "en": title.text("en")},
        page,
        tuple(_ornament(part, page) for part in top.parts("ornaments", _ornament_keys)),
        _fields(top, page),
    )
    top.finish()
    return template


def _page(part: Part) -> Page:
    page = Page(
        part.number("width", 20, _MOST),
        part.number("height", 20, _MOST),
        part.number("bleed", 0, 20, 0),
        part.number("margin", 0, 200, 0),
    )
    orientation = part.choice("orientation", ("landscape", "portrait"))
    if (orientation == "landscape") != (page.width >= page.height):
        part.blame(
            "orientation",
            f"the page is {page.width:g} x {page.height:g} mm, which is not {orientation}; "
            "exchange width and height, or name the other orientation.",
        )
    return page


def _name_colours(top: Part) -> None:
    """Read the colours' names; each may be used as soon as it is written."""
    node = top.values.get("colours")
    names = [str(key.value) for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
    if node is not None:
        part = top.part("colours", names)
        top.colours.update({name: part.colour(name) for name in names})


def _box(part: Part, page: Page, *, reach: float = 0.0) -> Box:
    """Read a box, whose y is counted from the top of the page; give it as PDF counts."""
    box = part.part("box", BOX)
    x, y = box.number("x", -reach, page.width), box.number("y", -reach, page.height)
    width = box.number("width", 0.1, page.width + 2 * reach)
    height = box.number("height", 0.1, page.height + 2 * reach)
    for key, end, most in (("width", x + width, page.width), ("height", y + height, page.height)):
        if end > most + reach + 1e-6:
            box.blame(
                key,
                f"the box ends at {end:g} mm, beyond {most + reach:g} mm; make it smaller, or "
                "begin it further to the left or higher.",
            )
    return Box(x, page.height - y - height, width, height)


def _ornament_keys(node: yaml.Node) -> tuple[str, ...]:
    for kind in scalars(node, "ornament"):
        if kind in KINDS:
            return KINDS[kind].keys
    return ("ornament", "box", "for", *{key for kind in KINDS.values() for key in kind.keys})


def _ornament(part: Part, page: Page) -> Ornament:
    name = part.choice("ornament", tuple(KINDS))
    kind, reach = KINDS[name], page.bleed
    whole = name == "ground" and "box" not in part.values
    return Ornament(
        name,
        Box(0, 0, page.width, page.height) if whole else _box(part, page, reach=reach),
        part.choice("for", AUDIENCES, "all"),
        {key: part.colour(key, default) for key, default in kind.colours.items()},
        {key: part.number(key, *limits) for key, limits in kind.numbers.items()},
    )


def _field_keys(node: yaml.Node) -> tuple[str, ...]:
    plain = any(shows in ("stars", "code") for shows in scalars(node, "shows"))
    return _PLAIN if plain else _TEXT


def _fields(top: Part, page: Page) -> tuple[Field, ...]:
    """Read the fields; they stand inside the margin, and none over another."""
    parts = top.parts("fields", _field_keys)
    fields = [_field(part, page) for part in parts]
    for (part, field), (_, other) in combinations(zip(parts, fields, strict=True), 2):
        if field.box.overlaps(other.box) and not _apart(field, other):
            part.blame(
                "box",
                f'the boxes of "{field.name}" and "{other.name}" overlap; move one of them, or '
                "make it smaller.",
            )
    for part, field in zip(parts, fields, strict=True):
        _check_margin(part, field, page)
    if sum(isinstance(field, StarsField) for field in fields) > 1:
        top.blame("fields", "the stars stand in two fields; one row of them is drawn.")
    return tuple(fields)


def _apart(field: Field, other: Field) -> bool:
    """Tell whether two fields never stand on one page."""
    if isinstance(field, TextField) and isinstance(other, TextField):
        return {field.audience, other.audience} == {"usual", "model"}
    return False


def _check_margin(part: Part, field: Field, page: Page) -> None:
    box, margin = field.box, page.margin
    sides = (box.x, box.y, page.width - box.x - box.width, page.height - box.y - box.height)
    if 0 <= min(sides) < margin - 1e-6:
        part.blame(
            "box",
            f'"{field.name}" comes within {min(sides):g} mm of the edge; the page\'s margin is '
            f"{margin:g} mm. Move the box inwards.",
        )


def _field(part: Part, page: Page) -> Field:
    name, shows, box = part.text("field"), part.choice("shows", SHOWS, "text"), _box(part, page)
    if shows == "stars":
        return StarsField(name, box)
    if shows == "code":
        return CodeField(name, box)
    wording, lettering = _wording(part), lettering_of(part)
    if shows == "micro":
        return MicroField(name, box, wording, lettering)
    align = part.choice("align", ALIGNMENTS, "centre")
    return TextField(name, box, align, part.choice("for", AUDIENCES, "all"), wording, lettering)


def _wording(part: Part) -> Wording:
    written = part.text("text")
    if len(written) > LONGEST_TEXT:
        part.blame("text", f"the text has {len(written)} characters; allowed are {LONGEST_TEXT}.")
    wording = Wording.of(written)
    for name in wording.unknown():
        part.blame("text", f'"{{{name}}}" is no fact; {allowed(name, NAMES)}')
    if "{" in wording.fixed or "}" in wording.fixed:
        part.blame("text", 'a "{" and its "}" stand around the name of a fact, as in {serial}.')
    return wording
