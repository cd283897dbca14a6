"""Charts of reports: one drawing for page and paper, nothing beyond its edges, no style in it."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree as Tree

import pytest
from pypdf import PdfReader
from reportlab.graphics.shapes import Drawing, Polygon

from evaluator.score_reports.medians import median
from evaluator.trials.pictures import with_attributes
from reports.charts import (
    Chart,
    Radar,
    RadarWords,
    Spoke,
    Stack,
    Stacks,
    Target,
    Targets,
    TargetWords,
    as_pdf,
    as_svg,
    drawn,
)

WORDS = RadarWords("本组织", "同类别中位数")


def radar(count: int, median_share: float | None = 0.5) -> Radar:
    spokes = (Spoke(f"维度{number}", "1 / 2", 0.5, median_share) for number in range(count))
    return Radar("各维度得分", tuple(spokes), WORDS)


CHARTS: dict[str, Chart] = {
    "radar": radar(6),
    "bars": radar(2),
    "no median": radar(5, None),
    "stacks": Stacks(
        "星级分布",
        ("五星级", "尚未评定"),
        (5, 0),
        (Stack("街道社区", (3, 0)), Stack("国企", (0, 1))),
    ),
    "targets": Targets(
        "目标",
        (Target("三星级", "现为50%", 0.5, 0.4, 0.8, False),),
        TargetWords("今", "昔", "目标"),
    ),
}


@pytest.mark.parametrize("name", CHARTS)
def test_chart_is_drawn_for_page_and_paper(name: str) -> None:
    chart = CHARTS[name]
    svg = with_attributes(as_svg(chart, "chart"))
    tree = Tree.fromstring(svg)  # noqa: S314 - drawn by us
    assert tree.get("aria-label") == chart.title
    assert " style=" not in svg
    (page,) = PdfReader(BytesIO(as_pdf(chart))).pages
    box = page.mediabox
    assert (float(box.width), float(box.height)) == (drawn(chart).width, drawn(chart).height)


def polygons(drawing: Drawing) -> list[Polygon]:
    found, waiting = [], list(drawing.contents)
    while waiting:
        shape = waiting.pop()
        waiting += getattr(shape, "contents", [])
        if isinstance(shape, Polygon):
            found.append(shape)
    return found


def test_radar_reaches_the_edge_with_all_points_and_no_further() -> None:
    full = Radar("", tuple(Spoke("", "", share) for share in (1.0, 1.0, 1.7)), WORDS)
    *_, web = sorted(polygons(drawn(full)), key=lambda each: each.strokeWidth)
    edge = [each for each in polygons(drawn(full)) if each.points == web.points]
    assert len(edge) == 2  # its outermost ring, and what was won


def test_two_dimensions_are_bars_and_three_a_web() -> None:
    assert polygons(drawn(radar(2))) == []
    assert polygons(drawn(radar(3))) != []


@pytest.mark.parametrize(
    ("values", "found"),
    [([3], 3), ([1, 9, 5], 5), ([1, 2], 2), ([1, 4, 2, 9], 3), ([10, 20, 25, 90, 5], 20)],
)
def test_median_is_exact_and_rounds_half_up(values: list[int], found: int) -> None:
    assert median(values) == found
