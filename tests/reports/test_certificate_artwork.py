"""The drawn part."""

from __future__ import annotations

import re

import pytest
from certificate_printing import certificate, picture, printed
from PIL import ImageChops, ImageOps, ImageStat

from reports.certificate import forms
from reports.certificate.artwork.drawing import Drawing, smooth
from reports.certificate.artwork.guilloche import Braid, Ring


def everything(drawing: Drawing) -> list[Drawing]:
    return [drawing, *(part for used in drawing.used.values() for part in everything(used))]


@pytest.mark.parametrize("root", [forms.frame(), forms.crest(False), forms.crest(True)])
def test_numbers_are_plain_decimals_as_pdf_wants_them(root):
    for drawing in everything(root):
        numbers = re.findall(rb"(?<![\w.])[-+\d][\w.+-]*", drawing.content())
        assert [n for n in numbers if not re.fullmatch(rb"-?\d+(\.\d+)?", n)] == []


@pytest.mark.parametrize("root", [forms.frame(), forms.crest(False), forms.crest(True)])
def test_everything_named_is_at_hand(root):
    for drawing in everything(root):
        names = set(re.findall(rb"/(\w+) (?:Do|sh)", drawing.content()))
        assert names == {name.encode() for name in (*drawing.used, *drawing.shadings)}


@pytest.mark.parametrize("root", [forms.frame(), forms.crest(True)])
def test_every_saved_state_is_restored(root):
    for drawing in everything(root):
        operators = drawing.content().split()
        assert operators.count(b"q") == operators.count(b"Q")


def test_frame_is_the_same_on_the_left_and_on_the_right():
    page = picture(printed(certificate()), 50).convert("RGB")
    band = int(18.5 / 25.4 * 50)  # the width of the frame: the text is inside
    left = page.crop((0, 0, band, page.height))
    right = ImageOps.mirror(page.crop((page.width - band, 0, page.width, page.height)))
    difference = ImageChops.difference(left, right).convert("L")
    assert ImageStat.Stat(difference).mean[0] < 8  # of 255: the light comes from one side


def test_a_smooth_curve_passes_through_its_points():
    path = smooth(lambda t: (t, t * t), 0.0, 2.0, 2)
    numbers = [float(n) for n in re.findall(r"-?\d+\.\d+", path)]
    assert numbers[:2] == [0.0, 0.0]
    assert numbers[6:8] == [1.0, 1.0]
    assert numbers[12:14] == [2.0, 4.0]


def test_strands_of_a_ring_and_swells_of_a_braid_are_stored_once():
    drawing = Drawing()
    Ring(10.0, 2.0, 8, 5).draw(drawing, (0.0, 0.0), (0, 0, 0), 0.1)
    Braid(2.0, 0.5, 2, 4).draw(drawing, 100.0, 7, (0, 0, 0), 0.1)
    assert (len(drawing.used), len(drawing.parts)) == (2, 12)
