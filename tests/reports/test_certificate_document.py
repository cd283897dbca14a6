"""The document as other programs read it."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pypdf
import pytest
from certificate_printing import (
    LONGEST,
    certificate,
    extracted,
    lines_of,
    numbered,
    picture,
    printed,
)
from pypdf.generic import IndirectObject

from reports.certificate import write_certificates


def objects(pdf: bytes) -> list[object]:
    reader = pypdf.PdfReader(io.BytesIO(pdf), strict=True)
    return [
        IndirectObject(number, 0, reader).get_object()
        for number in range(1, reader.xref[0].__len__())
    ]


def test_text_of_usual_certificate_is_extracted(usual):
    text = "".join(extracted(usual).split())
    for words in (
        "荣誉证书",
        "CERTIFICATEOFHONOUR",
        "中共示例市示例区市场监督管理局机关第一支部委员会",
        "在2026年度基层党组织星级评定（机关类）中，被评定为",
        "五星级党组织",
        "Five-starPartyOrganisation",
        "中共示例市示例区委组织部",
        "二〇二六年十二月三十一日",
        "扫码核验真伪",
        "SX-2026-JG-000123",
        "https://verify.example.org/c/9F3K2M7QXA",
    ):
        assert words in text


def test_rare_characters_of_names_are_extracted():
    name = "㛃䶮𬭎𠅤党支部"
    assert name in extracted(printed(certificate(organisation=name)))


def test_characters_that_only_the_sans_has_are_borrowed_from_it():
    assert lines_of(printed(certificate(organisation="豈𰻝党支部")))[0] == "豈𰻝党支部"


def test_characters_that_share_a_glyph_are_read_back_apart():
    name = "⼀一⽊木"  # Kangxi radicals beside the ideographs that look the same
    assert lines_of(printed(certificate(organisation=name)))[0] == name


def test_page_is_a4_landscape(usual):
    box = pypdf.PdfReader(io.BytesIO(usual)).pages[0].mediabox
    assert (round(box.width / 72 * 25.4, 2), round(box.height / 72 * 25.4, 2)) == (297, 210)


@pytest.mark.parametrize("count", [1, 3])
def test_each_certificate_has_a_page_with_its_own_name(count):
    pdf = printed(*numbered(count))
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == count
    names = [lines_of(pdf, page)[0] for page in range(count)]
    assert names == [f"示例社区第{n}党支部" for n in range(count)]


def test_every_page_has_a_bookmark_that_leads_to_it():
    reader = pypdf.PdfReader(io.BytesIO(printed(*numbered(3))))
    marks = [(mark.title, reader.get_destination_page_number(mark)) for mark in reader.outline]
    assert marks == [(f"示例社区第{n}党支部", n) for n in range(3)]


def test_no_certificates_are_refused():
    with pytest.raises(ValueError, match="at least one page"):
        write_certificates([], io.BytesIO())


def test_a_generator_of_certificates_is_accepted():
    assert write_certificates(iter(numbered(2)), io.BytesIO()) == 2


def test_file_is_well_formed_and_every_font_is_embedded():
    pdf = printed(certificate(), certificate(model=True, organisation=LONGEST))
    fonts = [o for o in objects(pdf) if isinstance(o, dict) and o.get("/Type") == "/Font"]
    descriptors = [font["/FontDescriptor"] for font in fonts if "/FontDescriptor" in font]
    assert sorted(font["/Subtype"] for font in fonts) == ["/CIDFontType0", "/Type0"]
    assert [d["/FontFile3"]["/Subtype"] for d in descriptors] == ["/CIDFontType0C"]


def test_description_names_award_issuer_language_and_day(usual):
    reader = pypdf.PdfReader(io.BytesIO(usual))
    assert reader.metadata is not None
    assert reader.metadata.title == "荣誉证书 中共示例市示例区市场监督管理局机关第一支部委员会"
    assert reader.metadata.author == "中共示例市示例区委组织部"
    assert reader.metadata["/CreationDate"] == "D:20261231000000+08'00'"
    assert reader.root_object["/Lang"] == "zh-CN"


def test_same_certificates_give_same_bytes():
    assert printed(*numbered(3)) == printed(*numbered(3))


def test_bytes_do_not_depend_on_the_process(usual):
    program = (
        "import hashlib\nfrom certificate_printing import certificate, printed\n"
        "print(hashlib.sha256(printed(certificate())).hexdigest())"
    )
    here = Path(__file__).parent
    other = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, cwd=here
    )
    assert other.stdout.decode().strip() == sha256(usual).hexdigest()


def test_a_page_more_with_a_signed_code_costs_less_than_2500_bytes():
    signed = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" * 7
    batch = [
        replace(one, verify_base=f"HTTPS://VERIFY.EXAMPLE.ORG/V/{signed}", address="verify.example")
        for one in numbered(40)
    ]
    growth = (len(printed(*batch)) - len(printed(*batch[:20]))) / 20
    assert growth < 2_500


@pytest.mark.parametrize("stars", range(6))
def test_as_many_stars_are_shown_as_the_level_has(stars):
    page = pypdf.PdfReader(io.BytesIO(printed(certificate(stars=stars)))).pages[0]
    words = page["/Resources"]["/XObject"]["/FormXob.words0.stars"].get_data()
    assert words.count(b"/FormXob.star Do") == stars


def test_awards_of_all_levels_share_one_document():
    batch = [
        certificate(stars=3, level_zh="三星级党组织"),
        certificate(stars=4, level_zh="四星级党组织"),
        certificate(stars=5),
        certificate(model=True, level_zh="标兵党组织"),
    ]
    pdf = printed(*batch)
    texts = ["".join(extracted(pdf, page).split()) for page in range(4)]
    levels = ("三星级", "四星级", "五星级", "标兵党组织")
    assert [level in text for level, text in zip(levels, texts, strict=True)] == [True] * 4


def test_model_is_seen_to_be_higher_than_five_stars():
    plain, model = (picture(printed(certificate(model=m)), 40) for m in (False, True))
    assert plain.tobytes() != model.tobytes()
    assert "标兵" in "".join(extracted(printed(certificate(model=True))).split())
