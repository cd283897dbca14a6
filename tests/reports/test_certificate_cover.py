"""Cover sheets: what a committee is sent and signs for."""

from __future__ import annotations

import io

import pikepdf
import pytest
from certificate_printing import LONGEST, certificate, character_boxes, extracted, numbered
from pikepdf import pdfa

from reports.certificate import MissingGlyphs
from reports.certificate.consignments import Consignment
from reports.certificate.covers import ROWS, write_covers

STREET, SCHOOLS = "中共示例市示例街道工作委员会", "中共示例市示例区教育局委员会"


def covers(*consignments: Consignment) -> bytes:
    out = io.BytesIO()
    write_covers(consignments, out)
    return out.getvalue()


def words(pdf: bytes, page: int = 0) -> str:
    return "".join(extracted(pdf, page).split())


def test_cover_names_committee_level_serial_count_and_who_receives():
    batch = (certificate(), certificate(stars=3, level_zh="三星级党组织", serial="SX-2"))
    text = words(covers(Consignment(STREET, batch)))
    for wanted in (
        "分发封面", STREET, "共2份：五星级党组织1份，三星级党组织1份",
        "序号组织名称评定等级证书编号",
        f"1{batch[0].organisation}五星级党组织SX-2026-JG-000123",
        f"2{batch[1].organisation}三星级党组织SX-2",
        "领取单位（盖章）：", "领取人签名：", "联系电话：", "领取日期：",
        "发放单位：中共示例市示例区委组织部", "发放人签名：", "第1页，共1页",
    ):  # fmt: skip
        assert wanted in text


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (ROWS, 1), (ROWS + 1, 2), (60, 3)])
def test_list_goes_on_over_as_many_pages_as_it_needs(count, pages):
    pdf = covers(Consignment(STREET, tuple(numbered(count))))
    assert len(pikepdf.open(io.BytesIO(pdf)).pages) == pages
    found = "".join(words(pdf, n) for n in range(pages))
    assert [found.count(c.serial) for c in numbered(count)] == [1] * count


def test_each_committee_has_its_own_cover_and_sees_no_others():
    batch = numbered(4)
    pdf = covers(Consignment(STREET, tuple(batch[:3])), Consignment(SCHOOLS, tuple(batch[3:])))
    texts = [words(pdf, 0), words(pdf, 1)]
    assert [STREET in text for text in texts] == [True, False]
    assert [batch[3].serial in text for text in texts] == [False, True]


def test_longest_name_stays_in_its_column_and_can_be_read():
    pdf = covers(Consignment(STREET, (certificate(organisation=LONGEST),)))
    assert LONGEST in words(pdf)
    boxes = character_boxes(pdf)
    assert max(right for _, _, right, _ in boxes) < 190.5
    name = [b for b in boxes if 31 < b[0] < 110 and 229 < b[1] < 240]
    assert len(name) >= 60
    assert max(right for _, _, right, _ in name) < 111.5


def test_covers_are_pdf_a_and_the_same_each_time():
    consignment = Consignment(STREET, tuple(numbered(30)))
    pdf = covers(consignment)
    assert pdfa.validate_written(io.BytesIO(pdf), "2b").findings == []
    assert covers(consignment) == pdf


def test_cover_is_read_line_by_line():
    document = pikepdf.open(io.BytesIO(covers(Consignment(STREET, tuple(numbered(2))))))
    (section,) = document.Root.StructTreeRoot.K.K
    assert [str(part.S) for part in section.K][:6] == ["/H1", "/H2", "/P", "/P", "/P", "/P"]


def test_nothing_to_hand_out_is_refused():
    with pytest.raises(ValueError, match="lists at least one"):
        covers()


def test_committee_that_cannot_be_drawn_is_refused_by_name():
    with pytest.raises(MissingGlyphs, match="示例\U0010ffff委"):
        covers(Consignment("示例\U0010ffff委", (certificate(),)))
