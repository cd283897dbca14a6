"""Whether a template may be used: read, complete, and drawn to see whether it can be read.

What a person would see at a glance is measured on the drawn page: that the QR code is read back,
and that what the registry pins stands out from what lies under it.
"""

from __future__ import annotations

import dataclasses
import io
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from reports.certificate.data import Certificate
from reports.certificate.document import write_certificates
from reports.certificate.fitting import check_fit
from reports.certificate.preview import page_picture
from reports.certificate.required import needed_texts, specimen, what_is_missing
from reports.certificate.templates import Template, TemplateErrors, read_template
from reports.certificate.templates.model import Audience, Box, CodeField, Page, StarsField
from reports.certificate.templates.problems import Problem
from reports.certificate.templates.reading import Pictures

LEAST_CONTRAST = 3.0
_CODE_DPI, _INCH = 150, 25.4
_ACROSS = 300  # points of a page, enough to see what lies under a line of text
_MOST_KEPT = 32
_AUDIENCES: tuple[Audience, Audience] = ("usual", "model")
_SPECIMENS = tuple(map(specimen, _AUDIENCES))


def check_template(text: str, file: str = "<text>", pictures: Pictures | None = None) -> Template:
    """Give a template in which everything holds; raises TemplateErrors with all that does not."""
    template = read_template(text, file, pictures)
    problems = problems_of(template)
    if problems:
        raise TemplateErrors(problems)
    return template


def problems_of(template: Template) -> list[Problem]:
    """List what keeps a template that was read from being used, in reading order."""
    return sorted(set(what_is_missing(template) or _looked_at(template)))


def _looked_at(template: Template) -> Iterator[Problem]:
    for unfit in check_fit(_SPECIMENS, template):
        where = template.places[unfit.field, "box"]
        yield Problem.of(where, "no-room", {"name": unfit.field, "found": unfit.text})
    for audience, ground in zip(_AUDIENCES, _grounds(template), strict=True):
        for field, is_read in zip(template.codes, ground.codes, strict=True):
            if not is_read:
                yield Problem.of(template.places[field.name, "box"], "unreadable-code", {})
        yield from _pale(template, audience, ground.light)


@dataclass(frozen=True, slots=True)
class _Ground:
    """A page without its texts: how light each of its points is, and which codes are read."""

    light: Any
    codes: tuple[bool, ...]


_kept: OrderedDict[str, tuple[_Ground, ...]] = OrderedDict()
"""While texts are being written, what lies under them stays the same."""


def _grounds(template: Template) -> tuple[_Ground, ...]:
    """Give what lies under the texts of each audience."""
    bare = dataclasses.replace(
        template, fields=tuple(f for f in template.fields if isinstance(f, StarsField | CodeField))
    )
    alike = _are_alike(template)
    known_as = repr((alike, bare.page, bare.ornaments, bare.fields))
    if known_as not in _kept:
        _kept[known_as] = _looked_under(bare, _SPECIMENS[:1] if alike else _SPECIMENS)
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    found = _kept[known_as]
    return found * (len(_AUDIENCES) // len(found))


def _are_alike(template: Template) -> bool:
    """Tell whether all that audiences do not share stays away from what is looked at."""
    seen = [f.box for audience in _AUDIENCES for f in needed_texts(template, audience)]
    seen += [field.box for field in template.codes]
    apart = [ornament.box for ornament in template.ornaments if ornament.audience != "all"]
    return not any(box.overlaps(other) for box in apart for other in seen)


def _looked_under(bare: Template, certificates: tuple[Certificate, ...]) -> tuple[_Ground, ...]:
    out = io.BytesIO()
    write_certificates(certificates, out, bare)
    return tuple(_ground(bare, out.getvalue(), page) for page in range(len(certificates)))


def _ground(bare: Template, pdf: bytes, page: int) -> _Ground:
    # Only whoever checks a template needs the reader of codes.
    import zxingcpp

    seen = page_picture(pdf, bare, _ACROSS / bare.page.width * _INCH, page=page)
    pictures = (page_picture(pdf, bare, _CODE_DPI, field.box, page) for field in bare.codes)
    codes = [[code.text for code in zxingcpp.read_barcodes(each)] for each in pictures]
    address = _SPECIMENS[page].verify_url
    return _Ground(_luminance(np.asarray(seen) / 255), tuple(address in each for each in codes))


def _pale(template: Template, audience: Audience, light: Any) -> Iterator[Problem]:
    """Blame the texts that do not stand out from what lies under most of their boxes."""
    for field in needed_texts(template, audience):
        under = light[_pixels(field.box, template.page, light.shape)]
        own = _luminance(np.array(field.lettering.colour.rgb()))
        contrast = (np.maximum(under, own) + 0.05) / (np.minimum(under, own) + 0.05)
        found = float(np.median(contrast))
        if found < LEAST_CONTRAST:
            values = {"name": field.name, "found": f"{found:.1f}", "least": f"{LEAST_CONTRAST:g}"}
            yield Problem.of(template.places[field.name, "colour"], "pale", values)


def _pixels(box: Box, page: Page, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """Give where a box lies in a picture of the page; it holds one pixel at least."""
    down, across = shape[0] / page.height, shape[1] / page.width
    top, left = int((page.height - box.y - box.height) * down), int(box.x * across)
    return (
        slice(top, max(top + 1, int((page.height - box.y) * down))),
        slice(left, max(left + 1, int((box.x + box.width) * across))),
    )


def _luminance(colours: Any) -> Any:
    """Weigh how light colours are, as WCAG does."""
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])
