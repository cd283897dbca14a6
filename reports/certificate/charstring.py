"""Glyph programs freed of subroutines and hints, so that they can stand in any font.

Adobe Technical Note 5177. Numbers are copied as they are; only the operators that call, hint or
give the width are understood and left out, and the width is put in front again.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

Subroutines = Sequence[bytes]

_CALL, _CALL_SHARED, _RETURN, _ESCAPE = 10, 29, 11, 12
_STEMS, _MASKS = frozenset((1, 3, 18, 23)), frozenset((19, 20))
_OPERANDS = {b"\x04": 1, b"\x16": 1, b"\x15": 2, b"\x0e": 0}  # of moves, and of the end
_FLEXES = frozenset(b"\x0c" + bytes((kind,)) for kind in (34, 35, 36, 37))
_SIZES = {28: 3, 255: 5} | dict.fromkeys(range(32, 247), 1) | dict.fromkeys(range(247, 255), 2)


def flattened(program: bytes, local: Subroutines, shared: Subroutines, width: bytes = b"") -> bytes:
    """Give a program that draws the same outline by itself."""
    flattener = _Flattener(local, shared, width)
    flattener.run(program)
    return b"".join(flattener.out)


def number(value: int) -> bytes:
    """Write a whole number as a program's operand."""
    return struct.pack(">Bh", 28, value)


@dataclass(slots=True)
class _Flattener:
    """Walks through a program; operands wait until their operator is known."""

    local: Subroutines
    shared: Subroutines
    width: bytes
    operands: list[bytes] = field(default_factory=list)
    out: list[bytes] = field(default_factory=list)
    stems: int = 0
    begun: bool = False

    def run(self, program: bytes) -> None:
        at, end = 0, len(program)
        while at < end:
            byte = program[at]
            size = _SIZES.get(byte)
            if size is not None:
                self.operands.append(program[at : at + size])
                at += size
            elif byte == _RETURN:
                return
            else:
                at += self._operator(byte, program[at : at + 2])

    def _operator(self, byte: int, code: bytes) -> int:
        """Do what an operator says; give the number of bytes it takes."""
        if byte == _CALL:
            self._call(self.local)
        elif byte == _CALL_SHARED:
            self._call(self.shared)
        elif byte in _STEMS:
            self._hint()
        elif byte in _MASKS:
            self._hint()
            return 1 + (self.stems + 7) // 8
        elif byte == _ESCAPE:
            self._draw(code)
            return 2
        else:
            self._draw(code[:1])
        return 1

    def _call(self, subroutines: Subroutines) -> None:
        count = len(subroutines)
        bias = 107 if count < 1240 else 1131 if count < 33900 else 32768
        self.run(subroutines[_value(self.operands.pop()) + bias])

    def _hint(self) -> None:
        if not self.begun and len(self.operands) % 2:
            del self.operands[0]  # the width
        self.begun = True
        self.stems += len(self.operands) // 2
        self.operands.clear()

    def _draw(self, code: bytes) -> None:
        if code[0] == _ESCAPE and code not in _FLEXES:
            raise ValueError(f"operator 12 {code[1]} computes; such glyphs cannot be flattened")
        if not self.begun and len(self.operands) > _OPERANDS[code]:
            del self.operands[0]  # the width
        self.begun = True
        self.out += (self.width, *self.operands, code)
        self.width = b""
        self.operands.clear()


def _value(operand: bytes) -> int:
    first = operand[0]
    if first == 28:
        return int(struct.unpack(">h", operand[1:])[0])
    if first < 247:
        return first - 139
    if first < 251:
        return (first - 247) * 256 + operand[1] + 108
    return -(first - 251) * 256 - operand[1] - 108
