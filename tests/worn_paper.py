"""Paper as scanners see it: coarse, crooked, soft, dull, noisy and stained with coffee."""

from __future__ import annotations

import numpy as np
import pypdfium2
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

DOTS_PER_INCH = 100


def scan(pdf: bytes, dots: int = DOTS_PER_INCH) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[0].render(scale=dots / 72).to_pil().convert("RGB")
    finally:
        document.close()


def place_of_code(picture: Image.Image) -> tuple[float, float, float]:
    """Return the middle of the first code and its side, in dots."""
    corners = zxingcpp.read_barcodes(picture)[0].position
    x = [corners.top_left.x, corners.bottom_right.x]
    y = [corners.top_left.y, corners.bottom_right.y]
    return sum(x) / 2, sum(y) / 2, x[1] - x[0]


def stained(picture: Image.Image, turn: int) -> Image.Image:
    """Spill coffee: a dark blot a fifth of the code wide, and a ring that shades half of it."""
    x, y, side = place_of_code(picture)
    draw = ImageDraw.Draw(picture, "RGBA")
    angle = 0.7 + turn
    blot_x, blot_y = x + side * 0.22 * np.cos(angle), y + side * 0.22 * np.sin(angle)
    for at_x, at_y, radius, colour in (
        (blot_x, blot_y, side * 0.1, (96, 64, 32, 255)),
        (x - side * 0.3, y + side * 0.3, side * 0.4, (150, 110, 60, 70)),
    ):
        box = (at_x - radius, at_y - radius, at_x + radius, at_y + radius)
        draw.ellipse(box, fill=colour)
    return picture


def worn(pdf: bytes, turn: int, dots: int = DOTS_PER_INCH) -> Image.Image:
    """Scan a stained page by a poor machine: three degrees crooked, soft, dull and noisy."""
    picture = stained(scan(pdf, dots), turn).convert("L")
    picture = picture.rotate(
        3 if turn % 2 else -3, Image.Resampling.BICUBIC, expand=True, fillcolor=240
    )
    noise = np.random.default_rng(turn).normal(0, 12, (picture.height, picture.width))
    dull = np.asarray(picture, np.float64) * 0.85 + 20 + noise
    dots_of = Image.fromarray(np.clip(dull, 0, 255).astype(np.uint8))
    return dots_of.filter(ImageFilter.GaussianBlur(0.4))
