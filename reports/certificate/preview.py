"""How a template will look, for a page that shows it while it is written."""

from __future__ import annotations

import datetime
import io
from typing import Literal

from reports.certificate.data import Certificate
from reports.certificate.document import write_certificates
from reports.certificate.templates.model import POINTS, Template

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
    return out.getvalue() if form == "pdf" else _picture(out.getvalue(), template, dpi)


def _picture(pdf: bytes, template: Template, dpi: float) -> bytes:
    # Only whoever looks at pictures needs the renderer.
    import pypdfium2

    scale = dpi / 72
    area = template.page.width * template.page.height * POINTS**2
    scale = min(scale, (MOST_PIXELS / area) ** 0.5)
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[0].render(scale=scale).to_pil()
    finally:
        document.close()
    out = io.BytesIO()
    picture.convert("RGB").save(out, "png")
    return out.getvalue()
