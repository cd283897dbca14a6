"""Printer's sheets, and batches drawn part by part."""

from __future__ import annotations

import io
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pikepdf
import pytest
from certificate_printing import certificate, extracted, numbered, picture, printed
from pikepdf import pdfa
from PIL import ImageChops
from zxingcpp import read_barcodes

from reports.certificate import MissingGlyphs
from reports.certificate.consignments import Consignment, by_committee
from reports.certificate.imposing import (
    A4,
    SRA4,
    DoesNotFit,
    Imposition,
    filled,
    single,
    write_sheets,
)
from reports.certificate.parts import join_parts, parts_of, write_consignment, write_part
from reports.certificate.templates import CERTIFICATE_A4, Template
from reports.certificate.templates.shipped import shipped

STREET, SCHOOLS = "中共示例市示例街道工作委员会", "中共示例市示例区教育局委员会"
MILLIMETRES = 25.4 / 72


def sheets(consignments: list[Consignment], template: Template, layout: Imposition) -> bytes:
    out = io.BytesIO()
    write_sheets(consignments, out, template, layout)
    return out.getvalue()


def with_marks() -> bytes:
    """Print the usual certificate with bleed and marks."""
    consignments = [Consignment(STREET, (certificate(),))]
    return sheets(consignments, CERTIFICATE_A4, single(CERTIFICATE_A4.page))


@pytest.fixture(scope="module")
def sent() -> list[Consignment]:
    """Twelve certificates for one committee, two for another, not in order."""
    batch = numbered(14)
    names = [SCHOOLS if n in (3, 9) else STREET for n in range(14)]
    return by_committee(zip(names, batch, strict=True))


@pytest.fixture(scope="module")
def stickers(sent: list[Consignment]) -> bytes:
    sticker = shipped("sticker")
    return sheets(sent, sticker, filled(sticker.page, A4))


def box(page: pikepdf.Page, name: str) -> list[float]:
    return [round(float(side) * MILLIMETRES, 1) for side in page.obj[name]]


def test_certificates_are_put_together_by_committee_in_their_order(sent):
    assert [(c.committee, [a.serial[-2:] for a in c.certificates]) for c in sent] == [
        (STREET, ["00", "01", "02", "04", "05", "06", "07", "08", "10", "11", "12", "13"]),
        (SCHOOLS, ["03", "09"]),
    ]


def test_certificate_with_marks_says_where_it_is_cut():
    pdf = sheets(
        [Consignment(STREET, (certificate(),))], CERTIFICATE_A4, single(CERTIFICATE_A4.page)
    )
    document = pikepdf.open(io.BytesIO(pdf))
    (page,) = document.pages
    assert [round(float(side) * MILLIMETRES, 1) for side in page.mediabox] == [0, 0, 313, 226]
    assert box(page, "/TrimBox") == [8, 8, 305, 218]
    assert box(page, "/BleedBox") == [5, 5, 308, 221]


def test_what_is_inside_the_cut_looks_as_without_marks():
    alone = picture(printed(certificate()), 127)
    pdf = sheets(
        [Consignment(STREET, (certificate(),))], CERTIFICATE_A4, single(CERTIFICATE_A4.page)
    )
    dot = 127 / 25.4
    sheet = picture(pdf, 127)
    cut = sheet.crop([round(side * dot) for side in (8, 8, 305, 218)])
    difference = ImageChops.difference(cut.resize((60, 42)), alone.resize((60, 42)))
    assert max(high for _, high in difference.getextrema()) < 24


def test_marks_stand_outside_of_all_that_is_printed_and_the_bleed_is_printed():
    pdf = sheets(
        [Consignment(STREET, (certificate(),))], CERTIFICATE_A4, single(CERTIFICATE_A4.page)
    )
    dot = 254 / 25.4
    sheet = picture(pdf, 254).convert("L")
    top = sheet.crop((0, 0, sheet.width, round(4 * dot)))
    dark = [x for x in range(sheet.width) if top.getpixel((x, 20)) < 128]
    assert {round(x / dot) for x in dark} == {8, 305}
    gap = sheet.crop((round(4.2 * dot), round(4.2 * dot), sheet.width, round(4.8 * dot)))
    assert gap.getextrema() == (255, 255)
    assert sheet.getpixel((round(100 * dot), round(6 * dot))) < 255


def test_each_committee_begins_on_a_new_sheet(stickers):
    document = pikepdf.open(io.BytesIO(stickers))
    with document.open_outline() as outline:
        titles = [mark.title for mark in outline.root]
    assert titles == [
        f"{STREET}　第1张，共2张",
        f"{STREET}　第2张，共2张",
        f"{SCHOOLS}　第1张，共1张",
    ]
    words = ["".join(extracted(stickers, n).split()) for n in range(3)]
    assert [text.count("党支部") for text in words] == [10, 2, 2]
    assert f"{SCHOOLS}第1张，共1张" in words[2]


def test_every_code_on_a_sheet_is_read(stickers):
    codes = read_barcodes(picture(stickers, 300).convert("L"))
    wanted = [n for n in range(14) if n not in (3, 9)][:10]
    assert sorted(code.text[-5:] for code in codes) == [f"{n:05d}" for n in wanted]


def test_pieces_on_a_sheet_are_read_one_after_the_other(stickers):
    document = pikepdf.open(io.BytesIO(stickers))
    root = document.Root.StructTreeRoot
    assert len(root.K.K) == 14
    marks = [len(row) for leaf in root.ParentTree.Kids for row in list(leaf.Nums)[1::2]]
    contents = [page.Contents.read_bytes() for page in document.pages]
    assert [content.count(b"<</MCID ") for content in contents] == marks
    for content, count in zip(contents, marks, strict=True):
        assert all(content.count(b"<</MCID %d>>" % n) == 1 for n in range(count))


@pytest.mark.parametrize(
    ("sheet", "scale", "wanted"),
    [(SRA4, 0.7071, (1, 2)), (A4, 0.66, (1, 2)), ((320, 450), 1, (1, 2))],
)
def test_a5_goes_twice_on_the_printers_a4(sheet, scale, wanted):
    layout = filled(CERTIFICATE_A4.page, sheet, scale)
    assert (layout.columns, layout.rows) == wanted


def test_pieces_do_not_touch_each_others_bleed():
    page = shipped("sticker").page
    layout = filled(page, A4)
    assert layout.gutter >= 2 * page.bleed
    assert layout.places == 10


def test_sheet_that_is_too_small_is_refused_in_millimetres():
    with pytest.raises(DoesNotFit, match=r"210 x 297 mm is too small for a page of 297 x 210 mm"):
        filled(CERTIFICATE_A4.page, A4)


def test_committee_that_cannot_be_drawn_is_refused_by_name():
    with pytest.raises(MissingGlyphs, match="示例\U0010ffff委员会"):
        sheets(
            [Consignment("示例\U0010ffff委员会", (certificate(),))],
            CERTIFICATE_A4,
            single(CERTIFICATE_A4.page),
        )


def test_sheets_break_nothing_of_pdf_a(stickers):
    found = pdfa.validate_written(io.BytesIO(stickers), "2b").findings
    assert [str(finding) for finding in found if finding.kind == "violation"] == []


def test_sheets_are_the_same_each_time(sent, stickers):
    sticker = shipped("sticker")
    assert sheets(sent, sticker, filled(sticker.page, A4)) == stickers


def draw(number: int, part: slice, folder: Path) -> None:
    """Draw a part in a process of its own."""
    write_part(numbered(23), part, folder / str(number))


def test_parts_of_several_processes_join_to_the_same_bytes(tmp_path):
    parts = parts_of(23, 9)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for done in [pool.submit(draw, n, part, tmp_path) for n, part in enumerate(parts)]:
            done.result()
    out = io.BytesIO()
    files = [tmp_path / str(n) for n in range(len(parts))]
    assert sorted(tmp_path.iterdir()) == files
    assert join_parts(numbered(23), files, out) == 23
    assert out.getvalue() == printed(*numbered(23))


def test_missing_part_is_found_out(tmp_path):
    write_part(numbered(5), slice(0, 3), tmp_path / "0")
    with pytest.raises(ValueError, match="3 pages were drawn of 5 certificates"):
        join_parts(numbered(5), [tmp_path / "0"], io.BytesIO())


def test_file_of_a_committee_does_not_depend_on_others(sent, tmp_path):
    for n, consignment in enumerate(sent):
        write_consignment(consignment, tmp_path / f"{n}.pdf")
    assert (tmp_path / "1.pdf").read_bytes() == printed(*sent[1].certificates)
    layout = single(CERTIFICATE_A4.page)
    write_consignment(sent[1], tmp_path / "1.pdf", CERTIFICATE_A4, layout)
    assert (tmp_path / "1.pdf").read_bytes() == sheets([sent[1]], CERTIFICATE_A4, layout)
