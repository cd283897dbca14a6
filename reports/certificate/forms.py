"""The parts that pages share: the frame, the crest, one star, and the words of an award."""

from __future__ import annotations

from reports.certificate import wording
from reports.certificate.artwork import border, flourish, ground, medallion, palette, star
from reports.certificate.artwork.paper import Paper
from reports.certificate.artwork.paths import circle, rectangle
from reports.certificate.data import Certificate, Citation
from reports.certificate.font import Font
from reports.certificate.layout import Room, set_lines
from reports.certificate.templates.model import Template
from reports.certificate.typesetting import Style, centred, within

FRAME, STAR, CREST, CROWNED_CREST = "frame", "star", "crest", "crowned"  # forms
MIDDLE = border.WIDTH / 2
CREST_Y, CROWNED_Y = 165.5, 167.3
TITLE_Y, TITLE_EN_Y = 123.0, 113.5
SENTENCE_Y, SENTENCE_EN_Y = 77.0, 71.3
STAR_Y, STAR_RADIUS, STAR_STEP = 59.8, 5.6, 14.2
LEVEL_Y, LEVEL_EN_Y = 43.0, 36.4
WIDEST, LEVEL_WIDEST = 222.0, 110.0
QR_X, QR_Y, QR_SIDE, QR_QUIET = 32.0, 33.6, 26.0, 3.2
SEAL_X, SEAL_Y, SEAL_RADIUS = 234.0, 47.0, 21.0

TITLE = Style(19.5, palette.RED, 0.05, 8.0)
TITLE_EN = Style(4.6, palette.BROWN_GOLD, 0.0, 1.7)
SENTENCE = Style(5.6, palette.INK)
SENTENCE_EN = Style(3.3, palette.GREY)
LEVEL = Style(9.4, palette.RED, 0.045, 1.6)
LEVEL_EN = Style(4.2, palette.BROWN_GOLD, 0.0, 0.5)
ISSUER_ROOM = Room(66.0, SEAL_Y + 4.3, 5.2, 4.2, 4.4)
ISSUER = Style(ISSUER_ROOM.largest, palette.INK)
DATE = Style(4.7, palette.INK)
RIBBON = Style(5.0, palette.PALE_GOLD, 0.03, 4.0)
RIBBON_Y = CROWNED_Y + medallion.RIBBON_Y - 1.9


def frame(paper: Paper) -> None:
    """Draw the ground and the border, the same on every certificate."""
    ground.draw(paper)
    border.draw(paper)
    flourish.draw(paper, MIDDLE, TITLE_EN_Y + 1.6, 58.0, 88.0)
    _place_for_seal(paper)
    side = QR_SIDE + 2 * QR_QUIET
    panel = rectangle(QR_X - QR_QUIET, QR_Y - QR_QUIET, side, side)
    paper.fill(panel, palette.WHITE)
    paper.stroke(panel, palette.GOLD, 0.18)


def _place_for_seal(paper: Paper) -> None:
    paper.saveState()
    paper.setLineCap(1)
    paper.setDash([0.01, 0.94])
    paper.stroke(circle(SEAL_X, SEAL_Y, SEAL_RADIUS), palette.DOTS, 0.28)
    paper.restoreState()


def crest(paper: Paper, *, model: bool) -> None:
    """Draw the medallion at its place."""
    paper.translate(MIDDLE, CROWNED_Y if model else CREST_Y)
    (medallion.crowned if model else medallion.plain)(paper)


def level_star(paper: Paper) -> None:
    """Draw one star of the level around the origin."""
    star.faceted(paper, (0.0, 0.0), STAR_RADIUS)


def crest_of(award: Citation | Certificate) -> str:
    """Give the name of the crest that an award is shown with."""
    return CROWNED_CREST if award.model else CREST


def texts(template: Template, citation: Citation) -> list[str]:
    """Give every text that the shared words of an award are made of."""
    return [
        wording.TITLE_ZH,
        wording.TITLE_EN,
        wording.sentence_zh(citation),
        wording.sentence_en(citation),
        citation.level_zh,
        citation.level_en,
        citation.issuer,
        wording.formal_date(citation.award_date),
        wording.RIBBON,
    ]


def words(paper: Paper, template: Template, font: Font, citation: Citation) -> None:
    """Set the title, the sentence, the level with its stars, the issuer and the date."""
    zh, en, sentence, sentence_en, level, level_en, issuer, date, ribbon = texts(template, citation)
    middle = [
        (zh, TITLE_Y, TITLE),
        (en, TITLE_EN_Y, TITLE_EN),
        (sentence, SENTENCE_Y, within(font, sentence, WIDEST, SENTENCE)),
        (sentence_en, SENTENCE_EN_Y, within(font, sentence_en, WIDEST, SENTENCE_EN)),
        (level, LEVEL_Y, within(font, level, LEVEL_WIDEST, LEVEL)),
        (level_en, LEVEL_EN_Y, within(font, level_en, LEVEL_WIDEST, LEVEL_EN)),
    ]
    if citation.model:
        middle.append((ribbon, RIBBON_Y, RIBBON))
    lines = [centred(font, text, MIDDLE, y, style) for text, y, style in middle]
    paper.addLiteral(b"".join([*lines, *_signed(font, issuer, date)]).decode())
    _stars(paper, citation.stars)


def _signed(font: Font, issuer: str, date: str) -> list[bytes]:
    """Set the issuer and the date where the seal will be pressed over them."""
    lines = [
        centred(font, line.text, SEAL_X, line.y, ISSUER.sized(line.size))
        for line in set_lines(issuer, font.width, ISSUER_ROOM)
    ]
    return [*lines, centred(font, date, SEAL_X, SEAL_Y - 7.6, DATE)]


def _stars(paper: Paper, count: int) -> None:
    first = MIDDLE - STAR_STEP * (count - 1) / 2
    for n in range(count):
        paper.use(STAR, first + n * STAR_STEP, STAR_Y)
