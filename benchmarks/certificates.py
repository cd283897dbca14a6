"""Certificates a CPU second: ours against fpdf2, and against a fixed goal.

Every repetition of ours starts cold: the fonts on disk are opened, the artwork is computed and
every glyph is drawn anew, as in the first document of a process. fpdf2 opens its font for each
document in any case. Both print the same thousand certificates of one award.

The peer is drawn as a competent user of fpdf2 would, in two ways, because fpdf2 has no form that
pages could share:

- as vectors, which is the same certificate: our own curves, flattened once into one string of
  operators (gradients become flat colours, which costs less) and put on every page as they are;
- with the artwork as a picture of 300 dpi, a JPEG that is embedded once and shown on every page:
  fpdf2's fastest way, which gives up the fine lines. The picture is made before the clock starts.

In both, fpdf2 sets the texts in the same font, in the same places, and shows each QR code as an
image (that is faster there than rectangles), from modules that zxing-cpp makes for both sides.
"""

from __future__ import annotations

import datetime
import io
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import pypdfium2
from fpdf import FPDF
from PIL import Image
from reportlab.pdfbase.pdfdoc import PDFShading, xObjectName

from benchmarks.measuring import Measured, interleaved
from reports.certificate import (
    Certificate,
    faces,
    forms,
    page,
    qr,
    shared,
    write_certificates,
    write_each,
)
from reports.certificate.container import Document
from reports.certificate.layout import set_lines
from reports.certificate.templates import CERTIFICATE_A4
from reports.certificate.typesetting import Style

BATCH, VECTOR_BATCH = 1_000, 100
GOAL = 1_000.0
_PLACES = "示例街道社区工业园科技生物医药纳米产业金鸡湖阳澄独墅人工智能物流交通教育卫生文化旅游"


def certificates(count: int) -> list[Certificate]:
    """Make certificates of one award whose names use some hundreds of characters."""
    return [
        Certificate(
            organisation=_name(n),
            level_zh="五星级党组织",
            level_en="Five-star Party Organisation",
            stars=5,
            round_year=2026,
            category_zh="机关",
            category_en="Government Organs",
            issuer="中共示例市示例区委组织部",
            award_date=datetime.date(2026, 12, 31),
            serial=f"SX-2026-JG-{n:06d}",
            token=f"9F3K2M{n:06d}",
            verify_base="https://verify.example.org/c/",
        )
        for n in range(count)
    ]


def _name(number: int) -> str:
    start = number % len(_PLACES)
    places = (_PLACES + _PLACES)[start : start + 6 + number % 9]
    return f"中共示例市示例区{places}{chr(0x4E00 + number % 400 * 17)}第{number}支部委员会"


def measure() -> list[dict[str, Any]]:
    """Measure and compare; times are CPU seconds of this process, medians of repetitions."""
    curves = _flattened()
    large, small = certificates(BATCH), certificates(VECTOR_BATCH)
    with tempfile.TemporaryDirectory() as directory:
        picture = Path(directory, "artwork.jpg")
        picture.write_bytes(_picture())
        ours, files, vectors, pictures = interleaved(
            lambda: _ours(large),
            lambda: _files(large, Path(directory)),
            lambda: _peer(small, curves=curves),
            lambda: _peer(large, picture=picture),
        )
    one, each = "certificates in one document", "certificates, a file each"
    return [
        _result(one, ours, vectors, "fpdf2, vectors", 8.0),
        _result(one, ours, GOAL, "goal of 1,000 a CPU second", 1.0),
        _result(one, ours, pictures, "fpdf2, picture", 1.0),
        _result(each, files, vectors, "fpdf2, vectors, in one document", 1.0),
    ]


def _result(name: str, ours: float, peer: float, peer_name: str, goal: float) -> dict[str, Any]:
    unit = "certificates/CPU s"
    return Measured(name, ours, peer, peer_name, unit, ours / peer, goal).as_json()


def _forget() -> None:
    """Empty every cache of ours."""
    for function in (faces.serif, faces.sans, shared.artwork, qr._runs):
        function.cache_clear()


def _ours(batch: list[Certificate]) -> int:
    _forget()
    return write_certificates(batch, io.BytesIO())


def _files(batch: list[Certificate], directory: Path) -> int:
    _forget()
    return len(write_each(batch, directory))


def _peer(batch: list[Certificate], curves: str = "", picture: Path | None = None) -> int:
    """Print the batch with fpdf2, and count it."""
    pdf = FPDF("landscape", "mm", "A4")
    pdf.set_auto_page_break(False)
    pdf.add_font("Serif", fname=str(pylopdf_fonts_zh_cn.serif_path()))
    for certificate in batch:
        pdf.add_page()
        if picture is not None:
            pdf.image(picture, 0, 0, 297, 210)
        else:
            pdf._out(curves)
        _peer_texts(pdf, certificate)
        rows = qr.modules(certificate.verify_url)
        code = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows)).convert("1")
        pdf.image(code, forms.QR_X, 210 - forms.QR_Y - forms.QR_SIDE, forms.QR_SIDE, forms.QR_SIDE)
    pdf.output()
    return len(batch)


def _peer_texts(pdf: FPDF, certificate: Certificate) -> None:
    """Set the texts; bold ones are filled and stroked, as in ours."""
    for words, x, y, style in list(_texts(certificate, _measured(pdf))):
        pdf.set_font_size(style.size * page.SCALE)
        red, green, blue = style.colour.bitmap_rgb()
        pdf.set_text_color(red, green, blue)
        pdf.set_char_spacing(style.spacing * page.SCALE)
        if style.weight:
            pdf.set_draw_color(red, green, blue)
            pdf.set_line_width(style.weight * style.size / 2)
        pdf.text_mode = "FILL_STROKE" if style.weight else "FILL"
        pdf.text(x - pdf.get_string_width(words) / 2, 210 - y, words)


def _measured(pdf: FPDF) -> Callable[[str], float]:
    pdf.set_font("Serif", size=page.SCALE)
    pdf.set_char_spacing(0)
    return pdf.get_string_width


def _texts(
    certificate: Certificate, measure: Callable[[str], float]
) -> Iterator[tuple[str, float, float, Style]]:
    """Give each line with its middle, its baseline and its style."""
    zh, en, sentence, sentence_en, level, level_en, issuer, date, _ = forms.texts(
        CERTIFICATE_A4, certificate.citation
    )
    yield zh, forms.MIDDLE, forms.TITLE_Y, forms.TITLE
    yield en, forms.MIDDLE, forms.TITLE_EN_Y, forms.TITLE_EN
    for line in set_lines(certificate.organisation, measure, page.NAME_ROOM):
        yield line.text, forms.MIDDLE, line.y, page.NAME.sized(line.size)
    yield sentence, forms.MIDDLE, forms.SENTENCE_Y, forms.SENTENCE
    yield sentence_en, forms.MIDDLE, forms.SENTENCE_EN_Y, forms.SENTENCE_EN
    yield level, forms.MIDDLE, forms.LEVEL_Y, forms.LEVEL
    yield level_en, forms.MIDDLE, forms.LEVEL_EN_Y, forms.LEVEL_EN
    yield issuer, forms.SEAL_X, forms.SEAL_Y, forms.ISSUER
    yield date, forms.SEAL_X, forms.SEAL_Y - 7.6, forms.DATE
    yield page.FIXED[0], forms.QR_X + forms.QR_SIDE / 2, page.CAPTION_Y, page.NOTE
    yield f"证书编号：{certificate.serial}", forms.MIDDLE - 35, page.CAPTION_Y, page.NOTE
    yield f"核验地址：{certificate.verify_url}", forms.MIDDLE + 35, page.CAPTION_Y, page.NOTE
    unit = f"{certificate.serial} {certificate.organisation} · "
    times = int(page.MICRO_WIDTH / (measure(unit) * page.MICRO.size))
    yield unit * times, forms.MIDDLE, page.MICRO_Y, page.MICRO


def _flattened() -> str:
    """Give the artwork as one string of operators that needs no resources."""
    document = shared.artwork(CERTIFICATE_A4, (forms.CREST,))
    frame, crest, star = (
        _inlined(document, xObjectName(name)) for name in (forms.FRAME, forms.CREST, forms.STAR)
    )
    places = (forms.MIDDLE + n * forms.STAR_STEP for n in range(-2, 3))
    stars = (f"q 1 0 0 1 {x:.3f} {forms.STAR_Y} cm\n{star}\nQ" for x in places)
    scale = f"q {page.SCALE:.6f} 0 0 {page.SCALE:.6f} 0 0 cm"
    return "\n".join([scale, frame, crest, *stars, "Q"])


def _inlined(document: Document, name: str) -> str:
    def flat(found: re.Match[str]) -> str:
        return "{} {} {} rg f".format(*_first_colour(document.shadings[found[1]]))

    content = document.idToObject[name].stream.decode()
    content = re.sub(r"W n\s/(Sh\d+) sh", flat, content)
    inlined = re.sub(r"/(FormXob\S+) Do", lambda found: _inlined(document, found[1]), content)
    return f"q\n{inlined}\nQ"


def _first_colour(shading: PDFShading) -> tuple[float, float, float]:
    functions = getattr(shading.Function, "Functions", [shading.Function])
    return functions[0].C0


def _picture() -> bytes:
    """Give the artwork alone, without a text, as a JPEG of 300 dpi."""
    pdf = FPDF("landscape", "mm", "A4")
    pdf.add_page()
    pdf._out(_flattened())
    rendered = pypdfium2.PdfDocument(bytes(pdf.output()))[0].render(scale=300 / 72).to_pil()
    out = io.BytesIO()
    rendered.convert("RGB").save(out, "jpeg", quality=90)
    return out.getvalue()


if __name__ == "__main__":
    for result in measure():
        print(result)
