"""The PDF of an application: all of it is there, in Chinese, with page numbers and digest."""

from __future__ import annotations

from io import BytesIO

from drafting import Case
from flask import Flask
from pypdf import PdfReader

from evaluator.applications.content import Declaration
from evaluator.applications.paper import Stamp, paper_of
from evaluator.database import now
from reports.application import ApplicationPaper, Chapter, Item, Line, write_application


def paper(items: int = 2, **more: str) -> ApplicationPaper:
    lines = [Line("走访次数", "12次", "平台台账 2026-12-31"), Line("理由", more.get("text", "好"))]
    return ApplicationPaper(
        title="2026年度星级评定申报表",
        organisation=more.get("name", "东一社区党支部"),
        head=[Line("直属党（工）委", "东片党工委")],
        chapters=[
            Chapter(
                "组织生活",
                "8 / 20",
                [Item(f"指标{n}", "4 / 10", lines, "得4分") for n in range(items)],
            )
        ],
        declaration="我支部承诺真实。",
        signatures=["党组织书记：王书记"],
        footer="摘要（SHA-256）：" + "ab" * 32,
        page_words="第{page}页 共{pages}页",
    )


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def test_everything_stands_on_the_paper() -> None:
    (text,) = pages(write_application(paper()))
    for words in ("东一社区党支部", "东片党工委", "组织生活", "8 / 20", "指标1", "12次", "王书记"):
        assert words in text
    assert "ab" * 32 in text


def test_long_applications_go_over_pages_that_are_numbered() -> None:
    found = pages(write_application(paper(60)))
    assert len(found) > 3
    for number, text in enumerate(found, 1):
        assert f"第{number}页 共{len(found)}页" in text
    assert "".join(found).count("得4分") == 60


def test_long_texts_are_broken_into_lines_within_the_page() -> None:
    text = "连续书写的很长的中文理由，" * 40 + " " + "averylongwordwithoutanyspaces" * 20
    document = PdfReader(BytesIO(write_application(paper(text=text))))
    found = "".join(document.pages[0].extract_text().split())
    assert text.replace(" ", "") in found


def test_characters_that_no_face_has_are_marked() -> None:
    (text,) = pages(write_application(paper(name="𬭎支部\U0001f600\n二")))
    assert "𬭎支部〓 二" in text


def test_the_same_application_gives_the_same_file() -> None:
    assert write_application(paper()) == write_application(paper())


def test_a_number_in_a_list_says_what_it_counts(case: Case, app: Flask) -> None:
    told = {"date": "2026-03-01", "topic": "20", "rank": "high"}
    case.save(lectures=[told, {**told, "date": "2026-04-01", "topic": "党章"}])
    lines = lines_of(case, app)
    assert lines["党课"].value == "2条"
    assert lines[""].value == "2026-03-01 主题20 高；2026-04-01 党章 高"


def test_what_is_still_to_come_is_said_once(case: Case, app: Flask) -> None:
    line = lines_of(case, app)["满意率"]
    assert (line.value, line.note) == ("待民主测评结果", "")


def lines_of(case: Case, app: Flask) -> dict[str, Line]:
    with app.test_request_context():
        found = paper_of(case.draft(), Declaration("王书记"), {}, Stamp(1, now(), "ab"), "zh")
    return {
        line.label: line
        for chapter in found.chapters
        for item in chapter.items
        for line in item.lines
    }


def test_what_is_signed_stands_on_the_page_of_the_signature() -> None:
    """Whatever stands before it: with as many items as fit on two pages some end at the edge."""
    for items in range(1, 30):
        found = pages(write_application(paper(items)))
        signed = [each for each in found if "王书记" in each]
        assert len(signed) == 1, items
        assert "承诺" in signed[0], items
