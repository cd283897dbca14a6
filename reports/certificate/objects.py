"""The smallest part of PDF syntax that the certificates need."""

from __future__ import annotations

import datetime
import zlib

FAST = 1  # the compression level: higher ones cost more time than they save bytes
PLAIN = 0


def stream(data: bytes, extra: bytes = b"", level: int = FAST) -> bytes:
    """Give a stream object's body, compressed unless the level is 0."""
    if level:
        data = zlib.compress(data, level)
        extra += b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (extra, len(data), data)


def text(words: str) -> bytes:
    """Give a text string object, whatever its script."""
    return b"<FEFF%s>" % words.encode("utf-16-be").hex().upper().encode()


def moment(day: datetime.date) -> bytes:
    """Give a day as a PDF date, at midnight in China."""
    return b"(D:%04d%02d%02d000000+08'00')" % (day.year, day.month, day.day)
