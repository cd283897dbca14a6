"""QR codes as a vector path: each row's dark modules are drawn as merged runs."""

from __future__ import annotations

import re
from functools import lru_cache
from math import isqrt
from typing import cast

import zxingcpp

_RUN = re.compile(rb"\0+")
_CHUNK = 11  # modules looked up at once
_Y = b"Y"


@lru_cache(maxsize=16_384)
def _runs(column: int, modules: bytes) -> bytes:
    """Give the rectangles of a piece of a row, with a mark where the row's height belongs."""
    found = _RUN.finditer(modules)
    return b"".join(b"%d Y %d 1 re " % (column + r.start(), r.end() - r.start()) for r in found)


def modules(content: str) -> list[bytes]:
    """Encode the content; each row is one byte per module and dark is zero."""
    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image = code.to_image(scale=1, add_quiet_zones=False)
    data = memoryview(cast(bytes, image)).tobytes()  # it has the buffer protocol, untyped
    side = isqrt(len(data))
    return [data[at : at + side] for at in range(0, side * side, side)]


def path(rows: list[bytes]) -> bytes:
    """Give the filled path of the dark modules, one unit each, from the lower left corner."""
    side = len(rows)
    pieces = []
    for height, row in enumerate(reversed(rows)):
        line = b"".join([_runs(at, row[at : at + _CHUNK]) for at in range(0, side, _CHUNK)])
        pieces.append(line.replace(_Y, b"%d" % height))
    return b"".join(pieces) + b"f"
