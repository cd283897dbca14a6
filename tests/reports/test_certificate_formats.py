"""Names of 2, 12, 30 and 60 characters in each format: inside their boxes, nothing overlapped."""

from __future__ import annotations

import dataclasses
import io

import pytest
from certificate_printing import LONGEST, character_boxes, lines_of, numbered
from PIL import Image

from reports.certificate import (
    SHIPPED,
    OverlongTexts,
    check_fit,
    shipped,
    write_certificates,
    write_each,
)
from reports.certificate.data import Certificate
from reports.certificate.layout import placed
from reports.certificate.preview import MOST_PIXELS, SAMPLE, preview
from reports.certificate.templates import Box, read_template, shipped_text

NAMES = {
    2: "支部",
    12: "示例市税务局机关党支部委",
    30: "中国共产党示例市示例区示例街道第三社区㛃嫯龑联合党支部委员会",
    60: LONGEST,
}
EXTREMES = ("组" * 60, "W" * 60, "（" * 60, "i")


def named(name: str) -> Certificate:
    return dataclasses.replace(SAMPLE, organisation=name)


def test_names_have_the_lengths_that_they_stand_for():
    assert [len(name) for name in NAMES.values()] == list(NAMES)


@pytest.mark.parametrize("template", SHIPPED)
@pytest.mark.parametrize("name", [*NAMES.values(), *EXTREMES])
def test_name_fits_its_box_at_60_percent_or_more(template, name):
    field = shipped(template).own_texts[0]
    lines, look, box = placed(field, name), field.lettering, field.box
    assert "".join(line.text for line in lines) == name
    assert len(lines) in (1, 2)
    assert {line.size for line in lines} == {lines[0].size}
    assert 0.6 * look.size <= lines[0].size <= look.size
    assert max(line.y + 0.88 * line.size for line in lines) <= box.y + box.height
    assert min(line.y - 0.12 * line.size for line in lines) >= box.y


@pytest.mark.parametrize("template", SHIPPED)
@pytest.mark.parametrize("name", NAMES.values())
def test_every_character_stands_in_a_box_of_its_template(template, name):
    pdf = preview(shipped(template), named(name), form="pdf")
    boxes = [field.box for field in shipped(template).fields]
    shown = [box for box in character_boxes(pdf) if box[3] > box[1] + 0.01]  # no blanks
    assert len(shown) > len(name)
    assert [box for box in shown if not any(holds(field, box) for field in boxes)] == []


def holds(field: Box, box: tuple[float, float, float, float]) -> bool:
    """Whether a character stands in a field; some lean a little out of their own place."""
    left, bottom, right, top = box
    lean = 0.05 * max(right - left, top - bottom) + 0.05
    return (
        field.x - lean <= left
        and right <= field.x + field.width + lean
        and field.y - lean <= bottom
        and top <= field.y + field.height + lean
    )


@pytest.mark.parametrize("template", SHIPPED)
def test_short_name_is_as_large_as_the_template_allows(template):
    field = shipped(template).own_texts[0]
    (line,) = placed(field, NAMES[2])
    assert line.size == field.lettering.size


def test_name_becomes_smaller_before_it_takes_two_lines():
    field = shipped("certificate-a4").own_texts[0]
    sizes = [(len(placed(field, "组" * n)), placed(field, "组" * n)[0].size) for n in range(1, 61)]
    lines = [count for count, _ in sizes]
    ones = [size for count, size in sizes if count == 1]
    assert lines == sorted(lines)
    assert ones == sorted(ones, reverse=True)
    assert ones[-1] >= field.lettering.one_line


def test_name_that_would_be_too_small_stops_the_batch_by_name(tmp_path):
    text = shipped_text("sticker").replace("width: 42.3, height: 8.6", "width: 20, height: 8.6")
    narrow = read_template(text)
    batch = [named("支部"), named("组" * 40)]
    assert [found.organisation for found in check_fit(batch, narrow)] == ["组" * 40]
    out = io.BytesIO()
    with pytest.raises(OverlongTexts, match="组" * 40):
        write_certificates(batch, out, narrow)
    with pytest.raises(OverlongTexts, match="template sticker"):
        write_each(batch, tmp_path, narrow)
    assert (out.getvalue(), list(tmp_path.iterdir())) == (b"", [])


@pytest.mark.parametrize("template", SHIPPED)
def test_each_format_prints_documents_and_files(tmp_path, template):
    batch = numbered(2)
    out = io.BytesIO()
    assert write_certificates(batch, out, shipped(template)) == 2
    assert [lines_of(out.getvalue(), n)[0] for n in (0, 1)] == [c.organisation for c in batch]
    assert len(write_each(batch, tmp_path, shipped(template))) == 2


@pytest.mark.parametrize("template", SHIPPED)
def test_preview_is_a_picture_of_the_page_in_its_proportions(template):
    page = shipped(template).page
    picture = Image.open(io.BytesIO(preview(shipped(template), dpi=40)))
    assert picture.width / picture.height == pytest.approx(page.width / page.height, rel=0.02)


def test_preview_of_a_large_page_is_kept_small():
    picture = Image.open(io.BytesIO(preview(shipped("plaque-600x400"), dpi=1200)))
    assert picture.width * picture.height <= MOST_PIXELS * 1.01
