"""QR codes in pictures: photographs and scans, also poor ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import zxingcpp
from PIL import Image, UnidentifiedImageError

_TIMES = (1, 2, 3)
_MOST_PIXELS = 60_000_000
_FORMATS = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


class Unreadable(ValueError):
    """A file that is no picture and no document that can be read."""


def codes_of_picture(path: Path) -> tuple[str, ...]:
    """Return what the codes in a picture hold; raises Unreadable for what is no picture."""
    try:
        with Image.open(path) as picture:
            return codes(picture.convert("L"))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError) as error:
        raise Unreadable(f"{path} is no picture that can be read: {error}") from error


def codes(picture: Image.Image) -> tuple[str, ...]:
    """Return what the codes in a picture hold, from the upper left to the lower right."""
    found: tuple[str, ...] = ()
    for enlarged in _enlarged(picture):
        found = _codes_of(enlarged)
        if found:
            break
    return found


def _enlarged(picture: Image.Image) -> Iterator[Image.Image]:
    """Yield the picture, then larger ones: between the dots of a coarse scan the edges are."""
    for times in _TIMES:
        width, height = picture.width * times, picture.height * times
        if times == 1:
            yield picture
        elif width * height <= _MOST_PIXELS:
            yield picture.resize((width, height), Image.Resampling.LANCZOS)


def _codes_of(picture: Image.Image) -> tuple[str, ...]:
    read = zxingcpp.read_barcodes(picture, formats=_FORMATS)
    whole = [code for code in read if code.valid]
    whole.sort(key=lambda code: (code.position.top_left.y // 50, code.position.top_left.x))
    return tuple(dict.fromkeys(code.text for code in whole))
