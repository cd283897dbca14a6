"""A notice on paper shows every name, over as many pages as it takes, and its address as a code."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from reports.notice import Group, NoticePaper, notice_pdf


def paper(names: list[str], draft: str = "", address: str = "") -> NoticePaper:
    """Return a notice with some names."""
    return NoticePaper(
        title="星级公示",
        paragraphs=["现予公示。"],
        period="公示期自11月23日至27日。",
        groups=[Group("街道社区", "五星级", [(each, "东片党工委") for each in names])],
        objecting="如有异议请实名反映。",
        office=["电话 <0512> & 传真"],
        signed="2026年11月20日",
        address=address,
        footer="草稿，未发布" if draft else "校验码",
        draft=draft,
        page_words="第{page}页 共{pages}页",
    )


def texts_of(pdf: bytes) -> list[str]:
    """Return the text of each page."""
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def test_every_name_stands_on_one_of_the_pages() -> None:
    names = [f"第{number}社区党支部" for number in range(300)]
    pages = texts_of(notice_pdf(paper(names)))
    text = "".join(pages)
    assert len(pages) > 5
    assert [each for each in names if each not in text] == []
    assert f"第{len(pages)}页 共{len(pages)}页" in pages[-1]


def test_second_paper_has_characters_that_the_first_had_not() -> None:
    notice_pdf(paper(["东一社区党支部"]))
    (text,) = texts_of(notice_pdf(paper(["薛家湾镇㛃䶮党支部"], draft="草稿")))
    for words in ("薛家湾镇㛃䶮党支部", "草稿，未发布", "电话 <0512> & 传真"):
        assert words in text


@pytest.mark.parametrize("names", [1, 18, 19, 20, 21])
def test_address_is_scanned_from_paper(names: int) -> None:
    address = "http://localhost/notice/1"
    pdf = notice_pdf(paper([f"第{number}党支部" for number in range(names)], address=address))
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[len(document) - 1].render(scale=3).to_pil()
    assert [each.text for each in zxingcpp.read_barcodes(picture)] == [address]


def test_same_paper_is_the_same_file() -> None:
    assert notice_pdf(paper(["东一"])) == notice_pdf(paper(["东一"]))
