"""The code on the paper."""

from __future__ import annotations

import pytest
import zxingcpp
from certificate_printing import certificate, numbered, picture, printed

from reports.certificate import qr


@pytest.mark.parametrize("model", [False, True])
def test_code_is_read_from_a_picture_at_150_dpi(model):
    image = picture(printed(certificate(model=model)), 150)
    (code,) = zxingcpp.read_barcodes(image.convert("L"))
    assert code.text == "https://verify.example.org/c/9F3K2M7QXA"
    assert code.format == zxingcpp.BarcodeFormat.QRCode


def test_each_page_has_its_own_code():
    pdf = printed(*numbered(2))
    codes = [zxingcpp.read_barcodes(picture(pdf, 150, page).convert("L")) for page in (0, 1)]
    assert [code.text[-10:] for (code,) in codes] == ["T0KEN00000", "T0KEN00001"]


@pytest.mark.parametrize("content", ["A", "https://verify.example.org/c/9F3K2M7QXA", "x" * 300])
def test_path_covers_exactly_the_dark_modules(content):
    rows = qr.modules(content)
    side = len(rows)
    drawn = [bytearray(b"\xff" * side) for _ in range(side)]
    *numbers, operator = qr.path(rows).split()
    assert operator == b"f"
    rectangles = [n for n in numbers if n != b"re"]
    for at in range(0, len(rectangles), 4):
        x, y, width, height = map(int, rectangles[at : at + 4])
        assert height == 1
        assert drawn[side - 1 - y][x : x + width] == b"\xff" * width  # never drawn twice
        drawn[side - 1 - y][x : x + width] = bytes(width)
    assert [bytes(row) for row in drawn] == rows
