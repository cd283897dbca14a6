"""Hand-outs of the defence: the timetable, then exactly one page on each case."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pypdf
import pytest

from reports.handouts import CasePage, Handout, TimeRow, write_handout

HEAD = TimeRow("编号", "时间", "答辩室", "党组织", "直属党（工）委")
ROW = TimeRow("1", "03-08 09:20–09:40", "第一会议室", "东一社区党支部", "东片党工委")


def handout(facts: int, rows: int = 2) -> Handout:
    told = [("推荐星级", "五星级；材料齐全，<连续>两年四星 & 群众满意度高，拟重点听取服务群众情况")]
    lines = [(f"第{number}项指标数据", "12次") for number in range(facts)]
    page = CasePage("1", "东一社区党支部", "09:20", [("意见", told), ("数据", lines)])
    return Handout(
        title="答辩资料",
        subtitle="第一评审组",
        columns=HEAD,
        rows=[ROW] * rows,
        people="评委：张三",
        footer="请勿外传",
        page_words="第{page}页，共{pages}页",
        cases=[page, replace(page, number="2")],
    )


def pages_of(content: bytes) -> list[str]:
    return [each.extract_text() for each in pypdf.PdfReader(BytesIO(content)).pages]


@pytest.mark.parametrize("facts", [0, 3, 80, 300])
def test_each_case_has_one_page_however_much_is_told(facts: int) -> None:
    pages = pages_of(write_handout(handout(facts)))
    assert len(pages) == 3
    assert "<连续>两年四星 & 群众" in pages[1]
    assert (f"第{facts - 1}项指标数据" in pages[2]) == bool(facts)


def test_pages_are_numbered_and_a_long_timetable_goes_on() -> None:
    pages = pages_of(write_handout(handout(1, rows=120)))
    count = len(pages)
    assert count > 4
    assert [f"第{number}页，共{count}页" in page for number, page in enumerate(pages, 1)] == [
        True
    ] * count
    assert all("答辩室" in page for page in pages[: count - 2])


def test_same_handout_gives_the_same_bytes() -> None:
    assert write_handout(handout(5)) == write_handout(handout(5))
