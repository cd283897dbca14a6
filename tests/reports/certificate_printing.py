"""Certificates to print, and ways to read them back from paper."""

from __future__ import annotations

import datetime
import io
import re
from typing import Any

import pypdf
import pypdfium2
from PIL import Image
from pypdf.generic import ContentStream

from reports.certificate import Certificate, write_certificates

USUAL: dict[str, Any] = {
    "organisation": "中共示例市示例区市场监督管理局机关第一支部委员会",
    "level_zh": "五星级党组织",
    "level_en": "Five-star Party Organisation",
    "stars": 5,
    "round_year": 2026,
    "category_zh": "机关",
    "category_en": "Government Organs",
    "issuer": "中共示例市示例区委组织部",
    "award_date": datetime.date(2026, 12, 31),
    "serial": "SX-2026-JG-000123",
    "token": "9F3K2M7QXA",
    "verify_base": "https://verify.example.org/c/",
}
LONGEST = (
    "中国共产党示例市示例经济技术开发区示例街道第一支部委员会"
    "（示例集团（中国）有限公司ABC-123研究开发中心联合党支部）"
)
assert len(LONGEST) == 60


def certificate(**changes: Any) -> Certificate:
    """Make a certificate that differs from the usual one as said."""
    return Certificate(**(USUAL | changes))


def numbered(count: int, **changes: Any) -> list[Certificate]:
    """Make certificates that differ in name, serial and token."""
    return [
        certificate(
            **{"organisation": f"示例社区第{n}党支部", **changes},
            serial=f"SX-2026-SQ-{n:06d}",
            token=f"T0KEN{n:05d}",
        )
        for n in range(count)
    ]


def printed(*certificates: Certificate) -> bytes:
    """Print certificates as one document."""
    out = io.BytesIO()
    assert write_certificates(certificates, out) == len(certificates)
    return out.getvalue()


def picture(pdf: bytes, dpi: int, page: int = 0) -> Image.Image:
    """Look at a page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[page].render(scale=dpi / 72).to_pil()
    finally:
        document.close()


def extracted(pdf: bytes, page: int = 0) -> str:
    """Read a page's text as a viewer's search does."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[page].get_textpage().get_text_range()
    finally:
        document.close()


def character_boxes(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Measure every character on the first page: left, bottom, right, top in millimetres."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = document[0].get_textpage()
        boxes = [text.get_charbox(n) for n in range(text.count_chars())]
    finally:
        document.close()
    return [tuple(side * 25.4 / 72 for side in box) for box in boxes]


def lines_of(pdf: bytes, page: int = 0) -> list[str]:
    """Read each line that a page itself sets, through the font's own map to Unicode."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    shown = reader.pages[page]
    meaning = meanings(shown["/Resources"]["/Font"]["/F"]["/ToUnicode"].get_data())
    operations = ContentStream(shown.get_contents(), reader).operations
    codes = [operands[0].original_bytes for operands, operator in operations if operator == b"Tj"]
    return ["".join(meaning[c[n : n + 2]] for n in range(0, len(c), 2)) for c in codes]


def meanings(table: bytes) -> dict[bytes, str]:
    pairs = re.findall(rb"<([0-9A-F]{4})><([0-9a-f]+)>", table)
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
        for code, text in pairs
    }
