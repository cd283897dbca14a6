"""Certificates a CPU second: ours against fpdf2, WeasyPrint and typst, and against fixed goals.

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
How WeasyPrint and typst draw the same page is said in `peers/paper.py`; WeasyPrint, which draws an
SVG anew on every page, is measured with the picture too.

Ours are PDF/A-2b with tags; the peers' are not. What signing a file costs has a row of its own.
"""

from __future__ import annotations

import datetime
import io
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import pypdfium2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from fpdf import FPDF
from PIL import Image
from reportlab.pdfbase.pdfdoc import PDFShading, xObjectName

from benchmarks.measuring import Measured, interleaved
from benchmarks.peers import paper
from reports.certificate import (
    Certificate,
    faces,
    forms,
    layout,
    qr,
    shared,
    write_certificates,
    write_each,
)
from reports.certificate.container import Document
from reports.certificate.signing import Signatory, sign
from reports.certificate.templates import CERTIFICATE_A4, POINTS
from reports.certificate.typesetting import Style

BATCH, VECTOR_BATCH, TYPST_BATCH, WEASYPRINT_BATCH, SIGNATURES = 1_000, 100, 500, 10, 20
GOAL, FILES_GOAL, BYTES = 2_000.0, 500.0, 2_500.0
_SIGNED = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" * 7  # as long as the signature of a code makes it
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
            token=f"{n:06d}{_SIGNED}",
            verify_base="HTTPS://VERIFY.EXAMPLE.ORG/V/",
            address="https://verify.example.org",
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
        folder = Path(directory)
        picture, artwork = folder / "artwork.jpg", folder / "artwork.svg"
        picture.write_bytes(_picture())
        artwork.write_text(paper.svg(curves), "utf-8")
        sheets = [_sheet(certificate, folder) for certificate in large[:TYPST_BATCH]]
        few = sheets[:WEASYPRINT_BATCH]
        signatory, file = _signatory(folder), _file(large[0])
        some = sheets[:VECTOR_BATCH]
        ours, files, vectors, pictures, typeset, weasy, quick, signed = interleaved(
            lambda: _ours(large),
            lambda: _files(large, folder),
            lambda: _peer(small, curves=curves),
            lambda: _peer(large, picture=picture),
            lambda: _counted(sheets, paper.typst_pages(sheets, folder)),
            lambda: _counted(few, paper.weasyprint_pages(few, artwork)),
            lambda: _counted(some, paper.weasyprint_pages(some, picture)),
            lambda: sum(bool(sign(file, signatory)) for _ in range(SIGNATURES)),
        )
    one, each = "certificates in one document", "certificates, a file each"
    size = _size_of_a_page(large)
    return [
        _result(one, ours, vectors, "fpdf2, vectors", 15.0),
        _result(one, ours, weasy, "WeasyPrint, vectors", 40.0),
        _result(one, ours, typeset, "typst, vectors", 2.0),
        _result(one, ours, GOAL, "goal of 2,000 a CPU second", 1.0),
        _result(one, ours, pictures, "fpdf2, picture", 1.0),
        _result(one, ours, quick, "WeasyPrint, picture", 1.0),
        _result(each, files, FILES_GOAL, "goal of 500 a CPU second", 1.0),
        _result(each, files, vectors, "fpdf2, vectors, in one document", 1.0),
        _result("signing such a file", signed, files, "drawing it without a signature", 0.0),
        Measured(
            "bytes of a page more in one document", size, BYTES, "goal of 2,500 bytes", "bytes",
            BYTES / size, 1.0,
        ).as_json(),
    ]  # fmt: skip


def _sheet(certificate: Certificate, folder: Path) -> paper.Sheet:
    """Tell the peers what stands on a certificate and where."""
    rows, box = qr.modules(certificate.verify_url), CERTIFICATE_A4.codes[0].box
    (x, y), side = box.middle, box.width * len(rows) / (len(rows) + 2 * qr.QUIET)
    lines = (paper.Line(words, x, 210 - y, style) for words, x, y, style in _texts(certificate))
    file = paper.put_code(rows, folder / f"{certificate.serial}.png")
    return paper.Sheet(tuple(lines), file, (x - side / 2, 210 - y - side / 2, side))


def _counted(sheets: list[paper.Sheet], pdf: bytes) -> int:
    pages = len(pypdfium2.PdfDocument(pdf))
    if pages != len(sheets):
        raise ValueError(f"{pages} pages of {len(sheets)} certificates")
    return pages


def _file(certificate: Certificate) -> bytes:
    with tempfile.TemporaryDirectory() as directory:
        return write_each([certificate], Path(directory))[0].read_bytes()


def _size_of_a_page(batch: list[Certificate]) -> float:
    sizes = []
    for part in (batch, batch[: len(batch) // 2]):
        out = io.BytesIO()
        write_certificates(part, out)
        sizes.append(len(out.getvalue()))
    return (sizes[0] - sizes[1]) / (len(batch) - len(batch) // 2)


def _signatory(folder: Path) -> Signatory:
    """Make a district's key (RSA, 2,048 bits) and a certificate for it."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "示例区委组织部")])
    day, today = datetime.timedelta(days=1), datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    certificate = builder.not_valid_before(today - day).not_valid_after(today + day)
    secret = serialization.BestAvailableEncryption(b"bench")
    own = certificate.sign(key, hashes.SHA256())
    (folder / "key.p12").write_bytes(serialize_key_and_certificates(b"", key, own, None, secret))
    return Signatory.from_pkcs12(folder / "key.p12", b"bench", "示例区")


def _result(name: str, ours: float, peer: float, peer_name: str, goal: float) -> dict[str, Any]:
    unit = "certificates/CPU s"
    return Measured(name, ours, peer, peer_name, unit, ours / peer, goal).as_json()


def _forget() -> None:
    """Empty every cache of ours."""
    for function in (faces.serif, faces.sans, shared.artwork, layout.placed):
        function.cache_clear()
    faces.measured.clear()


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
        x, y = CERTIFICATE_A4.codes[0].box.middle
        side = CERTIFICATE_A4.codes[0].box.width * len(rows) / (len(rows) + 2 * qr.QUIET)
        pdf.image(code, x - side / 2, 210 - y - side / 2, side, side)
    pdf.output()
    return len(batch)


def _peer_texts(pdf: FPDF, certificate: Certificate) -> None:
    """Set the texts; bold ones are filled and stroked, as in ours."""
    for words, x, y, style in _texts(certificate):
        pdf.set_font("Serif", size=style.size * POINTS)
        red, green, blue = style.colour.bitmap_rgb()
        pdf.set_text_color(red, green, blue)
        pdf.set_char_spacing(style.spacing * POINTS)
        if style.weight:
            pdf.set_draw_color(red, green, blue)
            pdf.set_line_width(style.weight * style.size / 2)
        pdf.text_mode = "FILL_STROKE" if style.weight else "FILL"
        pdf.text(x, 210 - y, words)


def _texts(certificate: Certificate) -> Iterator[tuple[str, float, float, Style]]:
    """Give each line with its beginning, its baseline and its style, as ours places it."""
    texts = [(field, field.wording.on(certificate)) for field in CERTIFICATE_A4.own_texts]
    citation = certificate.citation
    for field in CERTIFICATE_A4.shared_texts:
        if field.audience != "model":
            texts.append((field, field.wording.shared_with(citation)))
    for field, text in texts:
        look = field.lettering
        for line in layout.placed(field, text):
            spacing = look.spacing * line.size / look.size
            yield line.text, line.x, line.y, Style(line.size, look.colour, look.weight, spacing)
    for micro in CERTIFICATE_A4.micro_lines:
        unit, size = micro.wording.on(certificate), micro.lettering.size
        times = int(micro.box.width / (faces.measure(unit) * size))
        yield unit * times, micro.box.x, micro.box.y, Style(size, micro.lettering.colour)


def _flattened() -> str:
    """Give the artwork as one string of operators that needs no resources."""
    document = shared.artwork(CERTIFICATE_A4, (forms.CREST,))
    frame, crest, star = (
        _inlined(document, xObjectName(name)) for name in (forms.FRAME, forms.CREST, forms.STAR)
    )
    row = CERTIFICATE_A4.stars
    middle, y = row.box.middle
    places = (middle + n * row.step for n in range(-2, 3))
    stars = (f"q 1 0 0 1 {x:.3f} {y:.3f} cm\n{star}\nQ" for x in places)
    scale = f"q {POINTS:.6f} 0 0 {POINTS:.6f} 0 0 cm"
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
