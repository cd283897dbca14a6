"""Evidence of the demonstration: scanned minutes as PDF and photos as JPEG, drawn when loaded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

_PAPER = (620, 877)
_PHOTO = (960, 640)
_INK = (40, 40, 44)
_RED = (150, 30, 30)


def minutes(title: str, lines: Sequence[str]) -> bytes:
    """Return a PDF of one page as a scanner makes it."""
    page = Image.new("RGB", _PAPER, (252, 250, 245))
    draw = ImageDraw.Draw(page)
    draw.text((48, 60), title, fill=_RED, font=_font(26))
    draw.line((48, 106, _PAPER[0] - 48, 106), fill=_RED, width=2)
    for number, line in enumerate(lines):
        draw.text((48, 130 + 34 * number), line, fill=_INK, font=_font(18))
    return _saved(page, "PDF")


def photo(title: str, shade: int = 0) -> bytes:
    """Return a photo of an activity, as far as one can be drawn: a hall, people, a banner."""
    picture = Image.new("RGB", _PHOTO, (226 - shade, 232, 236))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 430, *_PHOTO), fill=(196, 178 - shade, 150))
    draw.rectangle((80, 60, _PHOTO[0] - 80, 140), fill=_RED)
    draw.text((110, 78), title, fill=(255, 250, 240), font=_font(30))
    for number in range(9):
        left, top = 90 + number * 92, 320 + (number % 3) * 40
        draw.ellipse((left + 12, top - 44, left + 52, top - 4), fill=(222, 190, 164))
        draw.rounded_rectangle(
            (left, top, left + 64, top + 150), 18, fill=(70 + 14 * number, 84, 120 - shade)
        )
    return _saved(picture, "JPEG")


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(pylopdf_fonts_zh_cn.sans_path()), size)


def _saved(picture: Image.Image, kind: str) -> bytes:
    out = BytesIO()
    picture.save(out, kind, quality=70)
    return out.getvalue()
