"""How a template will look, for a page that shows it while it is written."""

from __future__ import annotations

import datetime
import io
from typing import Literal

from PIL.Image import Image

from reports.certificate.consignments import Consignment
from reports.certificate.data import Certificate
from reports.certificate.document import write_certificates
from reports.certificate.imposing import Imposition, write_sheets
from reports.certificate.templates.model import POINTS, Box, Template

Format = Literal["pdf", "png"]

MOST_PIXELS = 4_000_000

SAMPLE = Certificate(
    organisation="中国共产党示例市示例区示例街道第三社区支部委员会",
    level_zh="五星级党组织",
    level_en="Five-star Party Organisation",
    stars=5,
    round_year=2026,
    category_zh="社区",
    category_en="Communities",
    issuer="中共示例市示例区委组织部",
    award_date=datetime.date(2026, 12, 31),
    serial="2026-C5-00123-K7QXM",
    token="ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" * 7,
    verify_base="HTTPS://VERIFY.EXAMPLE.ORG/V/",
    address="https://verify.example.org",
)
"""A certificate that says nothing of anybody."""


def preview(
    template: Template,
    certificate: Certificate = SAMPLE,
    *,
    form: Format = "png",
    dpi: float = 100,
) -> bytes:
    """Draw one certificate; raises what printing it would raise.

    A picture has at most four million pixels: of larger pages the resolution is lowered.
    """
    out = io.BytesIO()
    write_certificates([certificate], out, template)
    if form == "pdf":
        return out.getvalue()
    return written(page_picture(out.getvalue(), template, dpi))


def sheet_preview(template: Template, certificate: Certificate, layout: Imposition) -> bytes:
    """Draw the printer's sheet of one certificate, with its bleed and the marks to cut along."""
    out = io.BytesIO()
    certificates = (certificate,) * layout.places
    write_sheets([Consignment(SAMPLE.issuer, certificates)], out, template, layout)
    return out.getvalue()


def page_picture(
    pdf: bytes, template: Template, dpi: float, part: Box | None = None, page: int = 0
) -> Image:
    """Look at a page of a document, or at a part of it as the template counts."""
    # Only whoever looks at pictures needs the renderer.
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        shown = document[page]
        width, height = shown.get_size()
        crop = (0.0, 0.0, 0.0, 0.0)
        if part is not None:
            x, y = part.x * POINTS, part.y * POINTS
            crop = (x, y, width - x - part.width * POINTS, height - y - part.height * POINTS)
            width, height = part.width * POINTS, part.height * POINTS
        scale = min(dpi / 72, (MOST_PIXELS / (width * height)) ** 0.5)
        picture: Image = shown.render(scale=scale, crop=crop).to_pil().convert("RGB")
    finally:
        document.close()
    return picture


def written(picture: Image, form: str = "png") -> bytes:
    """Write a picture: quickly as PNG, or smaller and quicker still as JPEG."""
    out = io.BytesIO()
    options: dict[str, int] = {"quality": 90} if form == "jpeg" else {"compress_level": 2}
    picture.save(out, form, **options)
    return out.getvalue()
