"""QR codes, drawn as a stencil of one bit a module: sharp at any size, and no seams."""

from __future__ import annotations

from math import isqrt
from typing import cast

import numpy as np
import zxingcpp

QUIET = 4  # modules that stay free around a code
# Any of the eight masks is read. Trying all of them, as encoders do to avoid large plain areas,
# takes six times as long as the rest; what we encode is signed and as good as random.
_MASK = 3


def modules(content: str) -> list[bytes]:
    """Encode the content; each row is one byte per module and dark is zero."""
    code = zxingcpp.create_barcode(
        content, zxingcpp.BarcodeFormat.QRCode, ec_level="M", data_mask=_MASK
    )
    image = code.to_image(scale=1, add_quiet_zones=False)
    data = memoryview(cast(bytes, image)).tobytes()  # it has the buffer protocol, untyped
    side = isqrt(len(data))
    return [data[at : at + side] for at in range(0, side * side, side)]


def mask(rows: list[bytes]) -> bytes:
    """Give the inline image, in a square of size 1, that is painted where modules are dark.

    Its bits are written in hexadecimal digits: readers look for the end of plain ones by guess.
    """
    side = len(rows)
    bits = np.frombuffer(b"".join(rows), np.uint8).reshape(side, side)
    data = np.packbits(bits != 0, axis=1).tobytes().hex().encode()
    return b"BI/W %d/H %d/IM true/BPC 1/F/AHx ID %s> EI" % (side, side, data)
