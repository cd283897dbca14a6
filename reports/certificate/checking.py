"""Whether a template may be used: read, complete, and drawn to see whether it can be read.

What a person would see at a glance is measured on the drawn page: that the QR code is read back,
and that what the registry pins stands out from what lies under it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import numpy as np

from reports.certificate.data import Certificate
from reports.certificate.fitting import check_fit
from reports.certificate.preview import page_picture, preview
from reports.certificate.required import needed_texts, specimen, what_is_missing
from reports.certificate.templates import Template, TemplateErrors, read_template
from reports.certificate.templates.model import Audience, Box, CodeField, Page, StarsField
from reports.certificate.templates.problems import Problem
from reports.certificate.templates.reading import Pictures

LEAST_CONTRAST = 3.0
_CODE_DPI, _TEXT_DPI = 150, 80
_AUDIENCES: tuple[Audience, Audience] = ("usual", "model")


def check_template(text: str, file: str = "<text>", pictures: Pictures | None = None) -> Template:
    """Give a template in which everything holds; raises TemplateErrors with all that does not."""
    template = read_template(text, file, pictures)
    problems = what_is_missing(template) or list(_looked_at(template))
    if problems:
        raise TemplateErrors(problems)
    return template


def _looked_at(template: Template) -> Iterator[Problem]:
    bare = dataclasses.replace(
        template, fields=tuple(f for f in template.fields if isinstance(f, StarsField | CodeField))
    )
    for audience in _AUDIENCES:
        certificate = specimen(audience)
        for unfit in check_fit([certificate], template):
            where = template.places[unfit.field, "box"]
            yield Problem.of(where, "no-room", {"name": unfit.field, "found": unfit.text})
        ground = preview(bare, certificate, form="pdf")
        yield from _unread(bare, certificate, ground)
        yield from _pale(template, audience, ground)


def _unread(template: Template, certificate: Certificate, pdf: bytes) -> Iterator[Problem]:
    # Only whoever checks a template needs the reader of codes.
    import zxingcpp

    for field in template.codes:
        picture = page_picture(pdf, template, _CODE_DPI, field.box)
        found = [each.text for each in zxingcpp.read_barcodes(picture)]
        if certificate.verify_url not in found:
            yield Problem.of(template.places[field.name, "box"], "unreadable-code", {})


def _pale(template: Template, audience: Audience, pdf: bytes) -> Iterator[Problem]:
    """Blame the texts that do not stand out from what lies under most of their boxes."""
    light = _luminance(np.asarray(page_picture(pdf, template, _TEXT_DPI)) / 255)
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
