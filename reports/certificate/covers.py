"""Cover sheets for handing out: what a committee is sent, and who has received it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

from reportlab.lib.colors import Color

from reports.certificate import archival, binding
from reports.certificate.archival import Description
from reports.certificate.artwork import palette
from reports.certificate.consignments import Consignment
from reports.certificate.container import Document, stream
from reports.certificate.data import Certificate
from reports.certificate.drawing import letters_of
from reports.certificate.font import Font
from reports.certificate.layout import balanced
from reports.certificate.tagging import Part, Structure
from reports.certificate.templates.model import POINTS
from reports.certificate.typesetting import Style, left, width

SHEET = (210.0, 297.0)
TITLE = "分发封面"
ROWS = 24
"""How many certificates stand on one sheet."""

_LEFT, _RIGHT, _TOP, _ROW, _FOOT = 20.0, 190.0, 270.0, 7.0, 44.0
_COLUMNS = (("序号", 20.0), ("组织名称", 32.0), ("评定等级", 112.0), ("证书编号", 144.0))
_RECEIVED = ("领取单位（盖章）：", "领取人签名：", "联系电话：", "领取日期：")
_SENT = ("发放单位：", "发放人签名：")
_BLACK, _GREY = Color(0.1, 0.1, 0.1), Color(0.38, 0.38, 0.38)
_HEADING, _COMMITTEE = Style(8.0, palette.RED, 0.04, 3.0), Style(5.2, _BLACK, 0.02)
_TEXT, _HEAD, _SMALL = Style(3.5, _BLACK), Style(3.5, palette.DARK_RED), Style(2.8, _GREY)
_TWO, _SMALLEST = Style(2.7, _BLACK), 0.78  # what a text may shrink to on one line
_MARKED = b"/%s<</MCID %d>>BDC\n%sEMC\n"


@dataclass(frozen=True, slots=True)
class Cover:
    """One sheet: a committee, the certificates on it, and which of how many sheets it is."""

    consignment: Consignment
    first: int
    sheet: int
    sheets: int

    @property
    def certificates(self) -> Sequence[Certificate]:
        """The certificates that this sheet lists."""
        return self.consignment.certificates[self.first : self.first + ROWS]

    @property
    def summary(self) -> str:
        """How many there are in all and of each level."""
        levels = Counter(c.level_zh for c in self.consignment.certificates)
        each = "，".join(f"{level} {count} 份" for level, count in levels.items())
        return f"共 {len(self.consignment.certificates)} 份：{each}"

    @property
    def foot(self) -> str:
        """Where the sheet belongs."""
        award = self.consignment.certificates[0]
        return f"{award.round_year}年度星级评定证书　第 {self.sheet} 页，共 {self.sheets} 页"


def write_covers(consignments: Sequence[Consignment], out: BinaryIO) -> int:
    """Write the cover sheets of all committees as one document; give their number."""
    covers = [cover for consignment in consignments for cover in _covers(consignment)]
    if not covers:
        raise ValueError("no certificates: a cover sheet lists at least one")
    font = Font.of([letters_of(_texts(covers))])
    document = Document(out)
    font.put(document)
    document.put_drawn()
    first = document.reserve(len(covers))
    structure, identity = Structure(document), archival.Identity()
    for index, cover in enumerate(covers):
        content, parts = _drawn(font, cover)
        identity.add(sha256(content).digest())
        contents = document.reserve(1)
        document.put_numbered(contents, stream(content))
        binding.put_page(document, index, first + index, contents)
        structure.add(first + index, parts)
    structure.close()
    titles = [f"{cover.consignment.committee}（{cover.sheet}/{cover.sheets}）" for cover in covers]
    pages = range(first, first + len(covers))
    binding.finish(document, SHEET, pages, (), titles, _description(covers))
    document.close(identity.mark())
    return len(covers)


def _covers(consignment: Consignment) -> Iterator[Cover]:
    starts = range(0, len(consignment.certificates), ROWS)
    for number, first in enumerate(starts, 1):
        yield Cover(consignment, first, number, len(starts))


def _description(covers: Sequence[Cover]) -> Description:
    award = covers[0].certificates[0]
    return Description(f"{TITLE} {award.round_year}年度", award.issuer, award.award_date)


def _texts(covers: Sequence[Cover]) -> Iterator[str]:
    yield from (TITLE, *_RECEIVED, *_SENT, *(words for words, _ in _COLUMNS), "0123456789…")
    for cover in covers:
        yield from (cover.consignment.committee, cover.summary, cover.foot)
        for award in cover.certificates:
            yield from (award.organisation, award.level_zh, award.serial, award.issuer)


def _drawn(font: Font, cover: Cover) -> tuple[bytes, tuple[Part, ...]]:
    """Give the operators of a sheet in the order of reading, and what their marks mean."""
    committee = cover.consignment.committee
    fitting = _within(font, committee, _RIGHT - _LEFT, _COMMITTEE)
    middle = (_LEFT + _RIGHT) / 2
    title = left(font, TITLE, middle - width(font, TITLE, _HEADING) / 2, _TOP, _HEADING)
    pieces = [
        (b"H1", title),
        (b"H2", left(font, committee, _LEFT, _TOP - 14, fitting)),
        (
            b"P",
            left(font, cover.summary, _LEFT, _TOP - 21, _within(font, cover.summary, 170, _TEXT)),
        ),
        (b"P", b"".join(left(font, words, x, _TOP - 31, _HEAD) for words, x in _COLUMNS)),
        *((b"P", _row(font, cover, n)) for n in range(len(cover.certificates))),
        *((b"P", line) for line in _signatures(font, cover)),
        (b"P", left(font, cover.foot, _LEFT, 12.0, _SMALL)),
    ]
    marked = [_MARKED % (kind, n, piece) for n, (kind, piece) in enumerate(pieces)]
    scale = b"q %.6f 0 0 %.6f 0 0 cm\n" % (POINTS, POINTS)
    rules = b"/Artifact BMC\n%s\nEMC\n" % _rules(cover)
    parts = tuple(Part(kind, 1) for kind, _ in pieces)
    return b"".join([scale, rules, *marked, b"Q"]), parts


def _row(font: Font, cover: Cover, n: int) -> bytes:
    """Set the line of a certificate."""
    award, y = cover.certificates[n], _TOP - 31 - _ROW * (n + 1)
    words = (str(cover.first + n + 1), award.organisation, award.level_zh, award.serial)
    ends = (*(x for _, x in _COLUMNS[1:]), _RIGHT)
    return b"".join(
        _fitted(font, text, x, y, end - x - 2)
        for text, (_, x), end in zip(words, _COLUMNS, ends, strict=True)
    )


def _fitted(font: Font, words: str, x: float, y: float, most: float) -> bytes:
    """Set a text that is no wider than there is room, in two lines where it is long."""
    style = _within(font, words, most, _TEXT)
    if style.size >= _TEXT.size * _SMALLEST:
        return left(font, words, x, y, style)
    upper, lower = balanced(words, font.width)
    style = min((_within(font, w, most, _TWO) for w in (upper, lower)), key=lambda s: s.size)
    above = left(font, upper, x, y + 0.62 * style.size, style)
    return above + left(font, lower, x, y - 0.62 * style.size, style)


def _signatures(font: Font, cover: Cover) -> Iterator[bytes]:
    """Set the words before the lines that are to be signed."""
    issuer = cover.consignment.certificates[0].issuer
    for n, words in enumerate(_RECEIVED):
        yield left(font, words, *_blank(n), _TEXT)
    yield left(font, f"{_SENT[0]}{issuer}", _LEFT, 20.0, _within(font, issuer, 60, _TEXT))
    yield left(font, _SENT[1], 106.0, 20.0, _TEXT)


def _blank(n: int) -> tuple[float, float]:
    return (_LEFT if n % 2 == 0 else 106.0), _FOOT - 12.0 * (n // 2)


def _rules(cover: Cover) -> bytes:
    """Draw the lines of the table, and those to sign on."""
    heights = [_TOP - 33.2 - _ROW * n for n in range(-1, len(cover.certificates) + 1)]
    lines = [(_LEFT, y, _RIGHT, y) for y in heights]
    for n, words in enumerate(_RECEIVED):
        x, y = _blank(n)
        lines.append((x + len(words) * _TEXT.size, y - 1, x + 80.0, y - 1))
    lines.append((106.0 + len(_SENT[1]) * _TEXT.size, 19.0, 186.0, 19.0))
    drawn = b" ".join(b"%.2f %.2f m %.2f %.2f l" % line for line in lines)
    return b"0.45 G 0.15 w %s S" % drawn


def _within(font: Font, words: str, most: float, style: Style) -> Style:
    """Give the style, smaller where a line would otherwise be wider than `most`."""
    scale = min(1.0, most / max(width(font, words, style), 1e-6))
    return Style(style.size * scale, style.colour, style.weight, style.spacing * scale)
