"""Running text in lines of a given width; lengths are millimetres."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reports.certificate.faces import face_of
from reports.certificate.font import Font

_NOT_FIRST = frozenset("，。、；：？！）》”’」』】%…,.;:?!)]}·")
"""Punctuation that never begins a line."""
_WORDS = re.compile(r"[!-~]+ ?|.", re.DOTALL)
"""A word of Latin letters is kept whole where it can be; every other character stands alone."""
_BLANK = re.compile(r"\s+")
_MISSING = "〓"
"""The mark that printers set where they have no type for a character."""


def printable(text: str) -> str:
    """Return a text on one line, with a mark for what no face can draw."""
    plain = _BLANK.sub(" ", text).strip()
    return "".join(map(_printable, plain))


@cache
def _printable(character: str) -> str:
    return character if face_of(character) else _MISSING


def lines_of(font: Font, text: str, size: float, width: float) -> Iterator[str]:
    """Yield the lines of a text; a word that is wider than a line is cut."""
    most, line, used = width / size, "", 0.0
    for word in _pieces(font, text, most):
        wide = font.width(word.rstrip())
        if line and used + wide > most and word[0] not in _NOT_FIRST:
            yield line.rstrip()
            line, used = "", 0.0
        line += word
        used += font.width(word)
    if line:
        yield line.rstrip()


def _pieces(font: Font, text: str, most: float) -> Iterator[str]:
    for word in _WORDS.findall(text):
        if font.width(word) <= most:
            yield word
        else:
            yield from word
