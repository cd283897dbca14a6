"""The code on the paper."""

from __future__ import annotations

import re

import pytest
import zxingcpp
from certificate_printing import certificate, numbered, picture, printed

from reports.certificate import qr
from reports.certificate.templates import CERTIFICATE_A4


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
def test_stencil_paints_exactly_the_dark_modules(content):
    rows = qr.modules(content)
    side = len(rows)
    head, data = re.fullmatch(rb"(.*) ID ([0-9a-f]+)> EI", qr.mask(rows)).groups()
    assert head == b"BI/W %d/H %d/IM true/BPC 1/F/AHx" % (side, side)
    packed, wide = bytes.fromhex(data.decode()), (side + 7) // 8
    lines = [packed[at : at + wide] for at in range(0, len(packed), wide)]
    bits = ["".join(f"{byte:08b}" for byte in line)[:side] for line in lines]
    assert bits == ["".join("1" if module else "0" for module in row) for row in rows]


LONG = "HTTPS://VERIFY.EXAMPLE.ORG/V/" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" * 7


@pytest.mark.parametrize("dpi", [72, 100, 300])
def test_signed_code_of_a4_is_read_at_low_resolution(dpi):
    wanted = certificate(verify_base="", token=LONG, address="https://verify.example.org")
    (code,) = zxingcpp.read_barcodes(picture(printed(wanted), dpi).convert("L"))
    assert code.text == LONG


def test_code_is_black_on_white_with_four_modules_of_quiet_around_it():
    wanted = certificate(verify_base="", token=LONG, address="https://verify.example.org")
    box, dot = CERTIFICATE_A4.codes[0].box, 300 / 25.4
    page = picture(printed(wanted), 300).convert("RGB")
    top = CERTIFICATE_A4.page.height - box.y - box.height
    edge = 0.3  # the hairline around the panel
    area = [box.x + edge, top + edge, box.x + box.width - edge, top + box.height - edge]
    panel = page.crop([round(side * dot) for side in area])
    side = len(qr.modules(LONG))
    quiet = 4 * min(box.width, box.height) / (side + 8)
    dark = panel.convert("L").point(lambda light: 255 if light < 100 else 0)
    left, upper, right, lower = dark.getbbox()
    clear = [left, upper, panel.width - right, panel.height - lower]
    assert [gap / dot + edge >= quiet - 0.2 for gap in clear] == [True] * 4
    assert panel.getpixel((left + 3, upper + 3)) == (0, 0, 0)
    assert panel.getpixel((2, 2)) == (255, 255, 255)
    assert 34 <= min(box.width, box.height) - 2 * quiet <= 38
