"""The report of a committee on paper: same bytes, every word, pages that hold together."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader

from reports.charts import Stack, Stacks
from reports.committee_report import (
    Chapter,
    CommitteePaper,
    Entry,
    Texts,
    write_committee_report,
)

LEVELS = Stacks("各类别星级分布", ("五星级", "无星级"), (5, 1), (Stack("街道社区", (30, 90)),))


def paper(count: int) -> CommitteePaper:
    members = [
        Entry(f"第{number}社区党支部", "四星级★★★★", ["晋位路径：五星级：总分还差2.00分"])
        for number in range(count)
    ]
    texts = Texts(
        title="党（工）委评定报告",
        organisation="东片党工委",
        level="",
        head=[("党组织", str(count))],
        summary=["党组织按名册顺序排列，不按得分排名。"],
        chapters=[Chapter("党组织名单：街道社区", str(count), members)],
    )
    return CommitteePaper(
        "党（工）委评定报告", texts, [LEVELS], "2026年度", "第{page}页 共{pages}页"
    )


def pages(content: bytes) -> list[str]:
    return [each.extract_text() for each in PdfReader(BytesIO(content)).pages]


def test_same_report_gives_the_same_bytes() -> None:
    assert write_committee_report(paper(40)) == write_committee_report(paper(40))


def test_every_organisation_stands_on_paper_once_in_the_order_given() -> None:
    text = "".join(pages(write_committee_report(paper(120))))
    places = [text.index(f"第{number}社区党支部") for number in range(120)]
    assert places == sorted(places)
    assert text.count("社区党支部") == 120


def test_no_organisation_is_parted_from_its_words() -> None:
    for text in pages(write_committee_report(paper(120))):
        assert text.count("社区党支部") == text.count("晋位路径")


def test_report_without_a_picture_has_its_words() -> None:
    bare = CommitteePaper("报告", paper(1).texts, [], "2026年度", "第{page}页 共{pages}页")
    (text,) = pages(write_committee_report(bare))
    assert "第0社区党支部" in text
    assert "第1页 共1页" in text
