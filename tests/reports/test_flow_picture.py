"""The flow picture: bands in proportion, every number as text, the same on page and paper."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree as ET

import pypdf
import pytest

from reports.flow import Band, Flow, Row, as_pdf, as_svg, without_head
from reports.flow.boxes import overlap
from reports.flow.layout import FLOW_HEIGHT, THINNEST, lay_out
from reports.flow.shares import share_text

ROWS = (Row("五星级", "Five-star"), Row("四星级", "Four-star"), Row("未评星级", "No level"))
BANDS = (
    Band(0, 0, 40, "stays"),
    Band(0, 1, 10, "falls"),
    Band(1, 1, 44, "stays"),
    Band(2, 1, 6, "rises"),
)
FLOW = Flow("星级变化", ROWS, BANDS)


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - it is our own


def texts(flow: Flow) -> list[str]:
    tree = parsed(as_svg(flow))
    return [each.text or "" for each in tree.iter("{http://www.w3.org/2000/svg}text")]


def test_bands_are_as_thick_as_their_share() -> None:
    found = {each.band.count: each.thickness for each in lay_out(FLOW).ribbons}
    assert found == {count: FLOW_HEIGHT * count / 100 for count in (40, 10, 44, 6)}


def test_single_organisation_among_millions_is_seen() -> None:
    flow = Flow("", ROWS, (Band(0, 0, 5_000_000, "stays"), Band(0, 1, 1, "falls")))
    assert lay_out(flow).ribbons[1].thickness == THINNEST


def test_bands_fill_their_bars_without_gap() -> None:
    places = lay_out(FLOW)
    for row, (left, right) in enumerate(zip(places.left, places.right, strict=True)):
        starts = sum(each.thickness for each in places.ribbons if each.band.start == row)
        ends = sum(each.thickness for each in places.ribbons if each.band.end == row)
        assert (left.high - left.low, right.high - right.low) == pytest.approx((starts, ends))


def test_rows_stand_level_on_both_sides_and_apart() -> None:
    places = lay_out(FLOW)
    assert [each.middle for each in places.left] == pytest.approx(list(places.middles))
    assert [each.middle for each in places.right] == pytest.approx(list(places.middles))
    assert sorted(places.middles, reverse=True) == list(places.middles)


def test_counts_shares_and_changes_are_text() -> None:
    assert texts(FLOW) == [
        *("五星级", "Five-star", "50 · 50.0%", "五星级", "−10", "40 · 40.0%"),
        *("四星级", "Four-star", "44 · 44.0%", "四星级", "+16", "60 · 60.0%"),
        *("未评星级", "No level", "6 · 6.0%", "未评星级", "−6", "0 · 0.0%"),
        *("调整前", "Before", "调整后", "After"),
        *("↓10", "↑6"),
        *("↓ 下降 10", "fall · 10.0%", "↑ 上升 6", "rise · 6.0%", "＝ 不变 84", "stay · 84.0%"),
    ]


def test_picture_says_what_it_shows_and_has_ids_of_its_own() -> None:
    first, second = (parsed(as_svg(FLOW, name)) for name in ("one", "two"))
    assert (first.get("role"), first.get("aria-label")) == ("img", "星级变化")
    ids = [{each.get("id") for each in side.iter()} - {None} for side in (first, second)]
    assert ids == [{"one", "one-clip"}, {"two", "two-clip"}]


def test_names_are_escaped() -> None:
    flow = Flow("<a&b>", (Row("<i>", "&"),), (Band(0, 0, 1, "stays"),))
    assert parsed(without_head(as_svg(flow))).get("aria-label") == "<a&b>"
    assert texts(flow)[:2] == ["<i>", "&"]


def test_numbers_on_bands_do_not_cover_one_another() -> None:
    assert overlap((0, 0, 10, 10), (9, 9, 5, 5))
    assert not overlap((0, 0, 10, 10), (10, 0, 5, 5))


def test_paper_is_one_page_of_the_same_size_with_outlines_alone() -> None:
    page = pypdf.PdfReader(BytesIO(as_pdf(FLOW))).pages[0]
    svg = parsed(as_svg(FLOW))
    size = [float(page.mediabox.width), float(page.mediabox.height)]
    assert size == pytest.approx([float(svg.get("width", "")), float(svg.get("height", ""))])
    assert page.extract_text().strip() == ""
    assert len(page.get_contents().get_data()) > 10_000


def test_nobody_at_all_is_drawn_too() -> None:
    assert "0 · —" in texts(Flow("", ROWS, ()))


@pytest.mark.parametrize(
    ("count", "total", "said"),
    [(1, 3, "33.3%"), (1, 2000, "0.1%"), (1, 2001, "<0.1%"), (0, 5, "0.0%"), (5, 5, "100.0%")],
)
def test_share_is_rounded_half_up_and_never_to_nothing(count: int, total: int, said: str) -> None:
    assert share_text(count, total) == said
