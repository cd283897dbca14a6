"""A template's YAML to a `Template`; every error with its file, line, column and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Literal

import yaml

from reports.certificate.pictures import Picture
from reports.certificate.templates.bounds import (
    LONGEST_TITLE,
    MOST_FIELDS,
    MOST_ORNAMENTS,
    check_bounds,
    first_of,
)
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
    PaperKind,
    StarsField,
    Template,
    TextField,
)
from reports.certificate.templates.problems import Position, allowed
from reports.certificate.templates.values import Part, parsed, scalars

Shows = Literal["text", "stars", "code", "micro"]

Pictures = Mapping[str, Picture]
Places = dict[tuple[str, str], Position]

TOP = ("template", "title", "kind", "page", "colours", "ornaments", "fields")
PAGE = ("width", "height", "orientation", "bleed", "margin")
BOX = ("x", "y", "width", "height")
ALIGNMENTS: tuple[Alignment, ...] = ("left", "centre", "right")
AUDIENCES: tuple[Audience, ...] = ("all", "usual", "model")
PAPERS: tuple[PaperKind, ...] = ("certificate", "plaque", "sticker")
SHOWS: tuple[Shows, ...] = ("text", "stars", "code", "micro")
_PLAIN = ("field", "shows", "box")
_TEXT = ("field", "shows", "box", "align", "for", "text", *LETTERING_KEYS)
_MOST = 1500.0  # millimetres
LONGEST_TEXT = 300  # of what stands between the facts


def read_template(text: str, file: str = "<text>", pictures: Pictures | None = None) -> Template:
    """Give the template of a YAML text with the pictures it may name; raises TemplateErrors."""
    source, node = parsed(text, file)
    top = Part(source, node, TOP)
    page = _page(top.part("page", PAGE))
    _name_colours(top)
    ornaments = _ornaments(top, page, pictures or {})
    fields, places = _fields(top, page)
    template = Template(
        _short(top, "template"),
        _title(top.part("title", ("zh", "en"))),
        page,
        ornaments,
        fields,
        top.choice("kind", PAPERS, "certificate"),
        places,
    )
    check_bounds(top, ornaments, fields)
    top.finish()
    return template


def _title(part: Part) -> dict[str, str]:
    return {language: _short(part, language) for language in ("zh", "en")}


def _short(part: Part, key: str) -> str:
    written = part.text(key)
    if len(written) > LONGEST_TITLE:
        part.blame(key, "text-length", found=len(written), most=LONGEST_TITLE)
    return written


def _page(part: Part) -> Page:
    if part.absent:
        return Page(_MOST, _MOST, 0, 0)  # so that its boxes are not blamed for what it lacks
    page = Page(
        part.number("width", 20, _MOST),
        part.number("height", 20, _MOST),
        part.number("bleed", 0, 20, 0),
        part.number("margin", 0, 200, 0),
    )
    orientation = part.choice("orientation", ("landscape", "portrait"))
    if (orientation == "landscape") != (page.width >= page.height):
        size = {"width": f"{page.width:g}", "height": f"{page.height:g}"}
        part.blame("orientation", "orientation", found=orientation, **size)
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
            box.blame(key, "beyond-page", end=f"{end:g}", most=f"{most + reach:g}")
    return Box(x, page.height - y - height, width, height)


def _ornament_keys(node: yaml.Node) -> tuple[str, ...]:
    for kind in scalars(node, "ornament"):
        if kind in KINDS:
            return KINDS[kind].keys
    return ("ornament", "box", "for", *{key for kind in KINDS.values() for key in kind.keys})


def _ornaments(top: Part, page: Page, pictures: Pictures) -> tuple[Ornament, ...]:
    parts = first_of(top, "ornaments", top.parts("ornaments", _ornament_keys), MOST_ORNAMENTS)
    return tuple(_ornament(part, page, pictures) for part in parts)


def _ornament(part: Part, page: Page, pictures: Pictures) -> Ornament:
    name = part.choice("ornament", tuple(KINDS))
    kind, reach = KINDS[name], page.bleed
    whole = name == "ground" and "box" not in part.values
    return Ornament(
        name,
        Box(0, 0, page.width, page.height) if whole else _box(part, page, reach=reach),
        part.choice("for", AUDIENCES, "all"),
        {key: part.colour(key, default) for key, default in kind.colours.items()},
        {key: part.number(key, *limits) for key, limits in kind.numbers.items()},
        _picture(part, pictures) if name == "picture" else None,
    )


def _picture(part: Part, pictures: Pictures) -> Picture | None:
    """Give the picture that is named; it was uploaded beside the template."""
    name = part.text("picture")
    if name and name not in pictures:
        among = allowed(name, pictures) if pictures else {}
        part.blame("picture", "unknown-picture" if among else "no-pictures", found=name, **among)
    return pictures.get(name)


def _field_keys(node: yaml.Node) -> tuple[str, ...]:
    plain = any(shows in ("stars", "code") for shows in scalars(node, "shows"))
    return _PLAIN if plain else _TEXT


def _fields(top: Part, page: Page) -> tuple[tuple[Field, ...], Places]:
    """Read the fields; they stand inside the margin, and none over another."""
    parts = first_of(top, "fields", top.parts("fields", _field_keys), MOST_FIELDS)
    fields = [_field(part, page) for part in parts]
    for (part, field), (_, other) in combinations(zip(parts, fields, strict=True), 2):
        if field.box.overlaps(other.box) and not _apart(field, other):
            part.blame("box", "overlap", one=field.name, other=other.name)
        if field.name == other.name:
            part.blame("field", "same-name", name=field.name)
    for part, field in zip(parts, fields, strict=True):
        _check_margin(part, field, page)
    if sum(isinstance(field, StarsField) for field in fields) > 1:
        top.blame("fields", "two-star-rows")
    return tuple(fields), _places(top, parts, fields)


def _places(top: Part, parts: list[Part], fields: list[Field]) -> Places:
    """Note where the keys stand, for what is found out later."""
    named = [("", top), *((f.name, part) for f, part in zip(fields, parts, strict=True))]
    return {
        (name, key): part.source.place(node)
        for name, part in named
        for key, node in part.values.items()
    }


def _apart(field: Field, other: Field) -> bool:
    """Tell whether two fields never stand on one page."""
    if isinstance(field, TextField) and isinstance(other, TextField):
        return {field.audience, other.audience} == {"usual", "model"}
    return False


def _check_margin(part: Part, field: Field, page: Page) -> None:
    box, margin = field.box, page.margin
    sides = (box.x, box.y, page.width - box.x - box.width, page.height - box.y - box.height)
    if 0 <= min(sides) < margin - 1e-6:
        found = {"found": f"{min(sides):g}", "margin": f"{margin:g}"}
        part.blame("box", "margin", name=field.name, **found)


def _field(part: Part, page: Page) -> Field:
    name, shows, box = part.text("field"), part.choice("shows", SHOWS, "text"), _box(part, page)
    if shows == "stars":
        return StarsField(name, box)
    if shows == "code" or part.text("shows", "text") not in SHOWS:
        return CodeField(name, box)  # what is meant by another word cannot be told further
    wording, lettering = _wording(part), lettering_of(part)
    if shows == "micro":
        return MicroField(name, box, wording, lettering)
    align = part.choice("align", ALIGNMENTS, "centre")
    return TextField(name, box, align, part.choice("for", AUDIENCES, "all"), wording, lettering)


def _wording(part: Part) -> Wording:
    written = part.text("text")
    if len(written) > LONGEST_TEXT:
        part.blame("text", "text-length", found=len(written), most=LONGEST_TEXT)
    wording = Wording.of(written)
    for name in wording.unknown():
        part.blame("text", "unknown-fact", name=name, **allowed(name, NAMES))
    if "{" in wording.fixed or "}" in wording.fixed:
        part.blame("text", "brace")
    return wording
