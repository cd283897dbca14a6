"""The parts that pages share: the frame, the crest, one star, and the words of an award."""

from __future__ import annotations

from functools import cache

from reports.certificate import typesetting, wording
from reports.certificate.artwork import border, ground, medallion, palette, star
from reports.certificate.artwork.drawing import Drawing
from reports.certificate.data import Citation
from reports.certificate.font import Font
from reports.certificate.layout import fitted
from reports.certificate.objects import stream
from reports.certificate.typesetting import Style, centred

MIDDLE = border.WIDTH / 2
CREST_Y = 165.0
SEAL_X, SEAL_Y, SEAL_RADIUS = 230.0, 51.0, 21.0
STAR_Y, STAR_RADIUS, STAR_STEP = 67.5, 5.2, 13.5

TITLE = Style(19.5, palette.RED, 0.03, 8.0)
TITLE_EN = Style(4.6, palette.BROWN_GOLD, 0.0, 1.7)
SENTENCE = Style(5.6, palette.INK)
SENTENCE_EN = Style(3.3, palette.GREY)
LEVEL = Style(9.4, palette.RED, 0.022, 1.6)
LEVEL_EN = Style(4.2, palette.BROWN_GOLD, 0.0, 0.5)
ISSUER = Style(5.2, palette.INK, 0.008)
DATE = Style(4.7, palette.INK)


def form(content: bytes, resources: str = "", level: int = 9) -> bytes:
    """Give a form XObject that covers the page, in millimetres."""
    box = f"/Type/XObject/Subtype/Form/BBox[0 0 {border.WIDTH} {border.HEIGHT}]"
    return stream(content, f"{box}/Resources<<{resources}>>".encode(), level)


def _drawn(drawing: Drawing) -> bytes:
    shadings = "".join(f"/{name} {body}" for name, body in sorted(drawing.shadings.items()))
    return form("\n".join(drawing.parts).encode(), f"/Shading<<{shadings}>>")


@cache
def frame() -> bytes:
    """Draw the ground and the border, the same on every certificate."""
    drawing = Drawing()
    ground.draw(drawing)
    border.draw(drawing)
    drawing.stroke(_seal_place(), palette.DOTS, 0.22, "[0.01 0.9]")
    return _drawn(drawing)


def _seal_place() -> str:
    from reports.certificate.artwork.drawing import circle

    return "1 J " + circle(SEAL_X, SEAL_Y, SEAL_RADIUS)


@cache
def crest(model: bool) -> bytes:
    """Draw the medallion at its place."""
    crest, drawing = Drawing(), Drawing()
    medallion.draw(crest)
    drawing.placed(crest, MIDDLE, CREST_Y, (1, 1))
    return _drawn(drawing)


@cache
def level_star() -> bytes:
    """Draw one star of the level in the lower left corner, to be moved into place."""
    drawing = Drawing()
    star.faceted(drawing, (STAR_RADIUS * 2, STAR_RADIUS * 2), STAR_RADIUS)
    return _drawn(drawing)


def texts(citation: Citation) -> list[str]:
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
    ]


def words(font: Font, citation: Citation) -> bytes:
    """Set the title, the sentence, the level with its stars, the issuer and the date."""
    zh, en, sentence, sentence_en, level, level_en, issuer, date = texts(citation)
    narrow = ISSUER.sized(fitted(issuer, font.width, 74.0, ISSUER.size))
    lines = [
        centred(font, zh, MIDDLE, 125.5, TITLE),
        centred(font, en, MIDDLE, 116.0, TITLE_EN),
        centred(font, sentence, MIDDLE, 85.0, SENTENCE),
        centred(font, sentence_en, MIDDLE, 79.0, SENTENCE_EN),
        centred(font, level, MIDDLE, 52.0, LEVEL),
        centred(font, level_en, MIDDLE, 45.5, LEVEL_EN),
        centred(font, issuer, SEAL_X, SEAL_Y + 2.4, narrow),
        centred(font, date, SEAL_X, SEAL_Y - 7.2, DATE),
    ]
    return b"".join(lines) + _stars(citation.stars)


def _stars(count: int) -> bytes:
    first = MIDDLE - STAR_STEP * (count - 1) / 2
    return b"".join(
        b"q 1 0 0 1 %.3f %.3f cm /G Do Q\n"
        % (first + n * STAR_STEP - 2 * STAR_RADIUS, STAR_Y - 2 * STAR_RADIUS)
        for n in range(count)
    )


__all__ = ["crest", "form", "frame", "level_star", "texts", "typesetting", "words"]
