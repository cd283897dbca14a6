"""Charts of agreement: every dot in its place, none covered, the same on page and paper."""

from __future__ import annotations

from io import BytesIO
from itertools import combinations
from xml.etree import ElementTree as ET

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts import (
    Level,
    Levels,
    LevelWords,
    Mark,
    Strip,
    Strips,
    StripWords,
    as_pdf,
    as_svg,
)
from reports.charts.axis import MOST_STEPS, Axis, tick_text
from reports.charts.strips import STACKED, levels_of

SVG = "{http://www.w3.org/2000/svg}"
MARKS = (Mark(80, "1"), Mark(60, "2", is_dropped=True), Mark(95, "3", is_odd=True))
STRIPS = Strips(
    "第3号案例的评分",
    (
        Strip("经验做法", MARKS, 80, "80"),
        Strip("品牌<特色>", (), None, "无法判断"),
    ),
    0,
    100,
    StripWords("计入", "去掉的", "请再看一眼", "平均分"),
)
LEVELS = Levels(
    "评委的宽严",
    (
        Level("甲", -4.2, (-6.0, -2.0), "−4.2"),
        Level("乙", 0.5, (-1.0, 2.0), "+0.5"),
        Level("丙", 3.0, None, "+3"),
        Level("丁", None, None, "没有共同案例"),
    ),
    LevelWords("偏严", "偏宽", "明显不同", "看不出不同"),
)


def texts(svg: str) -> list[str]:
    return [each.text or "" for each in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314


def number(svg: str, tag: str) -> int:
    return len(list(ET.fromstring(svg).iter(SVG + tag)))  # noqa: S314


def test_every_word_and_sign_of_strips_is_text() -> None:
    found = texts(as_svg(STRIPS, "case-3"))
    assert found == [
        *("0", "20", "40", "60", "80", "100"),
        *("经验做法", "80", "1", "2", "3", "品牌<特色>", "无法判断"),
        *("计入", "去掉的", "请再看一眼", "平均分"),
    ]


def test_each_rating_has_a_dot_and_the_legend_three() -> None:
    assert number(as_svg(STRIPS, "case-3"), "circle") == 3 + 3


def test_every_name_and_figure_of_panellists_is_text() -> None:
    found = texts(as_svg(LEVELS, "severity"))
    assert [each for each in found if each not in {"0", "−5", "5"}] == [
        *("偏严", "偏宽", "甲", "−4.2", "乙", "+0.5", "丙", "+3", "丁", "没有共同案例"),
        *("明显不同", "看不出不同"),
    ]


def test_only_an_interval_on_one_side_of_zero_is_apart() -> None:
    assert [each.is_apart for each in LEVELS.levels] == [True, False, False, False]
    assert number(as_svg(LEVELS, "severity"), "circle") == 2 + 1


@pytest.mark.parametrize("chart", [STRIPS, LEVELS])
def test_a_chart_says_what_it_shows_and_has_ids_of_its_own(chart: Strips | Levels) -> None:
    svg = as_svg(chart, "mine")
    root = ET.fromstring(svg)  # noqa: S314
    assert (root.get("role"), root.get("aria-label")) == ("img", chart.title)
    assert 'id="mine"' in svg


@pytest.mark.parametrize("chart", [STRIPS, LEVELS])
def test_paper_has_one_page_without_fonts(chart: Strips | Levels) -> None:
    document = pypdf.PdfReader(BytesIO(as_pdf(chart)))
    assert document.metadata is not None
    assert (len(document.pages), document.metadata.title) == (1, chart.title)
    assert as_pdf(chart) == as_pdf(chart)


def test_a_chart_of_nobody_is_drawn() -> None:
    nobody = Levels("", (), LEVELS.words)
    assert texts(as_svg(nobody, "n"))[-2:] == ["明显不同", "看不出不同"]


@given(st.lists(st.floats(0, 316), max_size=40))
def test_no_dot_covers_another(places: list[float]) -> None:
    for (x, level), (other, beside) in combinations(zip(places, levels_of(places), strict=True), 2):
        assert level != beside or abs(x - other) >= STACKED


@given(st.integers(-1000, 1000), st.integers(1, 5000), st.sampled_from([1, 10, 1000]))
def test_ticks_are_few_and_inside(low: int, span: int, part: int) -> None:
    axis = Axis(low / part, (low + span) / part, 0, 100)
    ticks = axis.ticks()
    assert 1 <= len(ticks) <= MOST_STEPS + 1
    assert all(-1e-6 <= axis.place(each) <= 100 + 1e-6 for each in ticks)
    assert len(set(map(tick_text, ticks))) == len(ticks)


def test_a_value_beyond_the_scale_stands_at_its_end() -> None:
    axis = Axis(60, 100, 10, 90)
    assert (axis.place(0), axis.place(80), axis.place(120)) == (10, 50, 90)


def test_name_too_long_for_its_place_stands_whole_above_its_row() -> None:
    names = ("迪丽努尔·艾合买提", "林晓燕")
    levels = tuple(Level(each, 0.5, (0.0, 1.0), "+0.5") for each in names)
    root = ET.fromstring(as_svg(Levels("", levels, LEVELS.words), "levels"))  # noqa: S314 - ours
    found = {each.text: each for each in root.iter(f"{SVG}text") if each.text in names}
    long, short = (found[each] for each in names)
    assert (long.get("text-anchor"), short.get("text-anchor")) == ("start", "end")
    assert all(0 < float(each.get("x", "0")) < 100 for each in (long, short))
