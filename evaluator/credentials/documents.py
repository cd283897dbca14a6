"""PDF documents as a verifier sees them: the codes on each page, and its text in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, sin
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from evaluator.credentials.comparing import serials_in
from evaluator.credentials.pictures import Unreadable, codes

_DOTS_PER_INCH = (120, 200, 300)
_POINTS_PER_INCH = 72
_FARTHEST = 2.2  # from character to character on one line, in their height
_SAME_LINE = 0.5


@dataclass(frozen=True, slots=True)
class Page:
    """One page: what its codes hold, and its text, a piece for each line that is set."""

    number: int
    codes: tuple[str, ...]
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Letter:
    """A character, its middle, its height and the direction in which its line runs."""

    character: str
    x: float
    y: float
    height: float
    angle: float

    def follows(self, before: _Letter) -> bool:
        """Return whether a letter goes on a line; pages of a sheet may lie in any direction."""
        height = max(self.height, before.height)
        right, up = self.x - before.x, self.y - before.y
        along = right * cos(before.angle) - up * sin(before.angle)
        across = right * sin(before.angle) + up * cos(before.angle)
        return abs(across) <= _SAME_LINE * height and abs(along) <= _FARTHEST * height


def pages(path: Path) -> Iterator[Page]:
    """Yield the pages of a document; raises Unreadable for what is none."""
    try:
        document = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise Unreadable(f"{path} is no PDF document that can be read: {error}") from error
    try:
        for index in range(len(document)):
            yield _page(document, index)
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, index: int) -> Page:
    page = document[index]
    try:
        pieces = tuple(_pieces(page))
        return Page(index + 1, _codes(page, len(serials_in(pieces))), pieces)
    finally:
        page.close()


def _codes(page: pypdfium2.PdfPage, expected: int) -> tuple[str, ...]:
    """Return what the codes hold, looking closer until there are as many as are expected."""
    found: tuple[str, ...] = ()
    for dots in _DOTS_PER_INCH:
        bitmap = page.render(scale=dots / _POINTS_PER_INCH, grayscale=True)
        found = max(found, codes(bitmap.to_pil()), key=len)
        if len(found) >= max(1, expected):
            break
    return found


def _pieces(page: pypdfium2.PdfPage) -> Iterator[str]:
    line: list[_Letter] = []
    for letter in _letters(page):
        if line and not letter.follows(line[-1]):
            yield _text(line)
            line = []
        line.append(letter)
    if line:
        yield _text(line)


def _text(line: list[_Letter]) -> str:
    """Return the letters as a text; rare characters come from the page in two halves."""
    halves = "".join(each.character for each in line)
    return halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _letters(page: pypdfium2.PdfPage) -> Iterator[_Letter]:
    """Yield the characters in the order in which they are set; a space is where none is."""
    text = page.get_textpage()
    try:
        for place in range(text.count_chars()):
            character = chr(raw.FPDFText_GetUnicode(text, place))
            if character.isspace() or not _is_seen(text, place):
                continue
            left, bottom, right, top = text.get_charbox(place, loose=True)
            height = max(right - left, top - bottom)
            angle = raw.FPDFText_GetCharAngle(text, place)
            yield _Letter(character, (left + right) / 2, (bottom + top) / 2, height, angle)
    finally:
        text.close()


def _is_seen(text: pypdfium2.PdfTextpage, place: int) -> bool:
    """Return whether a character is painted: what a text recognition guessed lies unseen."""
    if raw.FPDFText_IsGenerated(text, place) == 1:
        return False
    mode = raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(text, place))
    return mode not in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
