"""What must stand on whatever a template prints: what the registry pins, so that it is verified."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from reports.certificate.data import Certificate
from reports.certificate.faces import face_of, meant
from reports.certificate.preview import SAMPLE
from reports.certificate.templates.model import Audience, PaperKind, Template, TextField
from reports.certificate.templates.problems import Position, Problem
from reports.certificate.typesetting import shown_in

SMALLEST_CODE: Final = 25.0
SMALLEST_TEXT: Final = 1.3
_DATES = ("date_chinese", "date_digits")
_ENDS = ("valid_until_chinese", "valid_until_digits")
_ALWAYS = (("organisation",), ("level_zh",), ("issuer",), ("serial",))
REQUIRED: Mapping[PaperKind, tuple[tuple[str, ...], ...]] = {
    "certificate": (*_ALWAYS, ("category_zh",), ("year",), _DATES, _ENDS),
    "plaque": (*_ALWAYS, _DATES),
    "sticker": (*_ALWAYS, ("year",)),
}
"""The facts that each kind of paper shows; of several, one is enough."""
LONGEST_TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" * 10 + "ABCDEFGHIJKLMNOP"
"""As long as that of a name of sixty characters."""


def specimen(audience: Audience) -> Certificate:
    """Give a certificate of the usual levels, or of that of a model, with the largest code."""
    return dataclasses.replace(
        SAMPLE,
        token=LONGEST_TOKEN,
        model=audience == "model",
        valid_until=datetime.date(2029, 12, 31),
    )


def needed_texts(template: Template, audience: Audience) -> Iterator[TextField]:
    """Yield the texts of an audience that show what the registry pins."""
    needed = {name for names in REQUIRED[template.kind] for name in names}
    for field in _texts(template, audience):
        if needed.intersection(field.wording.names):
            yield field


def what_is_missing(template: Template) -> list[Problem]:
    """List what the registry pins and the template does not show, or too small."""
    found = [*_facts(template), *_codes(template), *_small(template), *_glyphs(template)]
    return list(dict.fromkeys(found))


def _texts(template: Template, audience: Audience) -> list[TextField]:
    texts = (*template.own_texts, *template.shared_texts)
    return [field for field in texts if field.audience in ("all", audience)]


def _facts(template: Template) -> Iterator[Problem]:
    for names in REQUIRED[template.kind]:
        usual, model = (_is_shown(template, audience, names) for audience in _BOTH)
        if usual and model:
            yield from _left_out(template, names)
            continue
        code = "needs-fact-model" if usual else "needs-fact-usual" if model else "needs-fact"
        values = {"fact": names[0], "kind": template.kind, "allowed": _listed(template.kind)}
        yield Problem.of(_place(template, "", "fields"), code, values)


_BOTH: tuple[Audience, Audience] = ("usual", "model")


def _is_shown(template: Template, audience: Audience, names: Iterable[str]) -> bool:
    return any(set(names) & set(f.wording.names) for f in _texts(template, audience))


def _left_out(template: Template, names: tuple[str, ...]) -> Iterator[Problem]:
    """Blame a fact that stands only beside others that may be missing."""
    if names == _ENDS:
        return
    for audience in _BOTH:
        shown = [f for f in _texts(template, audience) if set(names) & set(f.wording.names)]
        risky = [sorted(set(f.wording.names) & set(_ENDS)) for f in shown]
        if all(risky):
            values = {"fact": names[0], "others": risky[0][0]}
            yield Problem.of(_place(template, shown[0].name, "text"), "needs-fact-alone", values)


def _listed(kind: PaperKind) -> str:
    return ", ".join(" / ".join(names) for names in REQUIRED[kind])


def _codes(template: Template) -> Iterator[Problem]:
    if not template.codes:
        yield Problem.of(_place(template, "", "fields"), "needs-code", {})
    for field in template.codes:
        side = min(field.box.width, field.box.height)
        if side < SMALLEST_CODE:
            values = {"found": f"{side:g}", "least": f"{SMALLEST_CODE:g}"}
            yield Problem.of(_place(template, field.name, "box"), "small-code", values)


def _small(template: Template) -> Iterator[Problem]:
    for audience in _BOTH:
        for field in needed_texts(template, audience):
            size = field.lettering.smallest
            if size < SMALLEST_TEXT:
                values = {"name": field.name, "found": f"{size:g}", "least": f"{SMALLEST_TEXT:g}"}
                yield Problem.of(_place(template, field.name, "size"), "small-text", values)


def _glyphs(template: Template) -> Iterator[Problem]:
    """Blame the characters of the template's own words that no font has."""
    for field in (*template.own_fields, *template.shared_texts):
        for character in dict.fromkeys(shown_in(field, field.wording.fixed)):
            if not face_of(character):
                shown = meant(character)
                values = {"character": repr(shown), "point": f"U+{ord(shown):04X}"}
                yield Problem.of(_place(template, field.name, "text"), "no-glyph", values)


def _place(template: Template, name: str, key: str) -> Position:
    at = template.places
    return at.get((name, key)) or at.get((name, "field")) or at.get(("", "template"), _START)


_START = Position("<text>")
