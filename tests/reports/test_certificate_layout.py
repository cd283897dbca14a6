"""Names of every length on the page."""

from __future__ import annotations

import io
import string

import pytest
from certificate_printing import LONGEST, certificate, character_boxes, lines_of, printed
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.certificate import OverlongTexts, write_certificates
from reports.certificate.faces import sans, serif
from reports.certificate.font import Font
from reports.certificate.layout import balanced, placed
from reports.certificate.templates import CERTIFICATE_A4

INSIDE = (19.8, 19.8, 297 - 19.8, 210 - 19.8)  # the inner line of the frame
COVERED = sorted(map(chr, serif().numbers | sans().numbers))
NAMES = st.text(
    st.sampled_from(COVERED) | st.sampled_from(string.printable[:95]), min_size=1, max_size=60
)


NAME = CERTIFICATE_A4.own_texts[0]
LOOK = NAME.lettering


def lines(name: str) -> list[str]:
    return [line.text for line in placed(NAME, name)]


def assert_inside(pdf: bytes) -> None:
    for left, bottom, right, top in character_boxes(pdf):
        assert left >= INSIDE[0]
        assert bottom >= INSIDE[1]
        assert right <= INSIDE[2]
        assert top <= INSIDE[3]


@pytest.mark.parametrize(
    "name",
    [
        LONGEST,
        "组" * 60,
        "W" * 60,
        "示例支部",
        "i",
        "Sample Technology (Suzhou) Co., Ltd. 第3党支部",
    ],
)
def test_name_stays_inside_the_frame(name):
    assert_inside(printed(certificate(organisation=name)))


def test_long_texts_around_the_name_stay_inside_the_frame():
    wide = certificate(
        issuer="中国共产党示例市示例经济技术开发区工作委员会组织部",
        category_zh="新经济组织和新社会组织及其他各类组织",
        category_en="New Economic and New Social Organisations and All Others",
        level_zh="五星级标兵示范党组织",
        level_en="Five-star Model and Demonstration Party Organisation",
        serial="SX-2026-" + "9" * 20,
    )
    assert_inside(printed(wide))


def test_texts_that_do_not_fit_are_refused_by_name_before_anything_is_written():
    batch = [certificate(), certificate(serial="S" * 200), certificate(issuer="某" * 60)]
    out = io.BytesIO()
    with pytest.raises(OverlongTexts) as refusal:
        write_certificates(batch, out)
    assert out.getvalue() == b""
    assert [(o.serial, o.field) for o in refusal.value.found] == [
        ("S" * 200, "notes"),
        (batch[2].serial, "issuer"),
    ]
    for words in (batch[1].organisation, "certificate-a4", "issuer", "shorten the text"):
        assert words in str(refusal.value)


@settings(max_examples=60, deadline=None)
@given(NAMES)
def test_any_covered_name_fits_and_is_read_back_verbatim(name):
    pdf = printed(certificate(organisation=name))
    shown = lines(name)
    font = Font.of([name])
    assert lines_of(pdf)[: len(shown)] == shown
    assert "".join(shown) == name
    for line in placed(NAME, name):
        assert font.width(line.text) * line.size <= NAME.box.width + 1e-6
        assert 0.6 * LOOK.size <= line.size <= LOOK.size


def test_name_that_fits_stays_on_one_line():
    assert lines("中共示例市示例区市场监督管理局机关第一支部委员会") == [
        "中共示例市示例区市场监督管理局机关第一支部委员会"
    ]


def test_short_name_is_no_larger_than_the_room_allows():
    (line,) = placed(NAME, "支部")
    assert line.size == LOOK.size


def test_long_name_breaks_between_the_parts_of_the_organisation():
    assert lines(LONGEST)[0] == "中国共产党示例市示例经济技术开发区示例街道第一支部委员会"


def test_break_keeps_brackets_and_words_whole():
    upper, lower = balanced("示例市甲乙丙（Technology）丁戊己庚辛", lambda text: float(len(text)))
    assert (upper, lower) == ("示例市甲乙丙（Technology）", "丁戊己庚辛")


def test_two_lines_have_one_size_and_lie_around_the_middle():
    upper, lower = placed(NAME, "组" * 40)
    assert upper.size == lower.size
    middle = NAME.box.middle[1]
    assert (upper.y + lower.y) / 2 == pytest.approx(middle - 0.36 * upper.size)
