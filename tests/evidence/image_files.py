"""Small images for tests."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image


def picture(file_format: str = "JPEG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    """Return a picture whose left half is red and whose right half is blue."""
    image = Image.new(options.pop("mode", "RGB"), size, options.pop("colour", "red"))
    image.paste("blue", (size[0] // 2, 0, *size))
    out = BytesIO()
    image.save(out, file_format, **options)
    return out.getvalue()


def exif(taken: str = "2026:03:05 09:30:00", orientation: int = 1) -> Image.Exif:
    """Return EXIF data with a day, a place, a camera and an orientation."""
    made = Image.Exif()
    made[0x0110] = "SECRET CAMERA"
    made[0x0112] = orientation
    made.get_ifd(0x8769)[0x9003] = taken
    made.get_ifd(0x8825).update({1: "N", 2: (31.0, 18.0, 0.0), 3: "E", 4: (120.0, 36.0, 0.0)})
    return made


def photo(taken: str = "2026:03:05 09:30:00", orientation: int = 1) -> bytes:
    """Return a photo as a telephone writes it."""
    return picture(exif=exif(taken, orientation), quality=95)


def huge_png(width: int, height: int) -> bytes:
    """Return a PNG that declares a size and holds next to nothing."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    lines = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")
