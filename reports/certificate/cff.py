"""A Compact Font Format file built from glyph programs that need no subroutines.

Adobe Technical Note 5176. The font is CID-keyed with one font dictionary; glyph n is CID n.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import accumulate

FONT_BOX = (-1000, -1100, 3000, 1900)
NOTDEF = bytes([14])  # endchar: an empty glyph
_HEADER = bytes([1, 0, 4, 4])
_ADOBE, _IDENTITY = 391, 392  # the first two strings of our own
_ROS, _CID_COUNT, _FD_ARRAY, _FD_SELECT = (12, 30), (12, 34), (12, 36), (12, 37)
_FONT_BOX, _CHARSET, _CHARSTRINGS, _PRIVATE = (5,), (15,), (17,), (18,)
_DEFAULT_WIDTH = (20,)


def _number(value: int) -> bytes:
    return b"\x1d" + struct.pack(">i", value)


def _entry(operator: tuple[int, ...], *operands: int) -> bytes:
    return b"".join(map(_number, operands)) + bytes(operator)


def _index(items: Sequence[bytes]) -> bytes:
    if not items:
        return b"\0\0"
    offsets = list(accumulate(map(len, items), initial=1))
    table = struct.pack(f">HB{len(offsets)}I", len(items), 4, *offsets)
    return table + b"".join(items)


def _top(glyphs: int, charset: int, select: int, strings: int, fonts: int) -> bytes:
    return (
        _entry(_ROS, _ADOBE, _IDENTITY, 0)
        + _entry(_FONT_BOX, *FONT_BOX)
        + _entry(_CID_COUNT, glyphs)
        + _entry(_CHARSET, charset)
        + _entry(_FD_SELECT, select)
        + _entry(_CHARSTRINGS, strings)
        + _entry(_FD_ARRAY, fonts)
    )


_TOP_SIZE = len(_index([_top(0, 0, 0, 0, 0)]))  # whatever the numbers: each takes five bytes


def build(name: bytes, programs: Sequence[bytes], width: int) -> bytes:
    """Give the font file whose glyphs, from CID 1 on, are these programs."""
    glyphs = len(programs) + 1
    names = _index([name])
    strings = _index([b"Adobe", b"Identity"]) + _index([])
    charset = struct.pack(">BHH", 2, 1, glyphs - 2)
    select = struct.pack(">BHHBH", 3, 1, 0, 0, glyphs)
    private = _entry(_DEFAULT_WIDTH, width)
    charstrings = _index([NOTDEF, *programs])
    start = len(_HEADER + names + strings) + _TOP_SIZE
    at_select = start + len(charset)
    at_private = at_select + len(select)
    at_fonts = at_private + len(private)
    fonts = _index([_entry(_PRIVATE, len(private), at_private)])
    top = _index([_top(glyphs, start, at_select, at_fonts + len(fonts), at_fonts)])
    parts = (_HEADER, names, top, strings, charset, select, private, fonts, charstrings)
    return b"".join(parts)
