"""The drawn part."""

from __future__ import annotations

import re

import pytest
from certificate_printing import certificate, picture, printed
from PIL import ImageChops, ImageOps, ImageStat
from reportlab.lib.colors import Color

from reports.certificate import forms, shared
from reports.certificate.artwork.guilloche import Braid, Ring
from reports.certificate.artwork.paper import Paper
from reports.certificate.artwork.paths import smooth
from reports.certificate.container import Document
from reports.certificate.templates import CERTIFICATE_A4

ARTWORK = shared.artwork(CERTIFICATE_A4, (forms.CREST, forms.CROWNED_CREST))
DRAWN = {name: form for name, form in ARTWORK.idToObject.items() if hasattr(form, "stream")}


def used(content: bytes) -> list[str]:
    return [name.decode() for name in re.findall(rb"/(\S+) Do", content)]


def test_artwork_is_drawn_in_four_forms_and_their_parts():
    parts = {name for form in DRAWN.values() for name in used(form.stream)}
    assert DRAWN.keys() - parts == {f"FormXob.{n}" for n in ("frame", "star", "crest", "crowned")}
    assert parts <= DRAWN.keys()


@pytest.mark.parametrize("name", DRAWN)
def test_numbers_are_plain_decimals_as_pdf_wants_them(name):
    numbers = re.findall(rb"(?<![\w.])[-+.\d][\w.+-]*", DRAWN[name].stream)
    assert [n for n in numbers if not re.fullmatch(rb"-?(\d+(\.\d+)?|\.\d+)", n)] == []


@pytest.mark.parametrize("name", DRAWN)
def test_every_form_names_the_forms_and_gradients_that_it_uses(name):
    form = DRAWN[name]
    gradients = [found.decode() for found in re.findall(rb"/(\S+) sh", form.stream)]
    assert set(form.Resources.XObject) == set(used(form.stream))
    assert list(form.Resources.Shading) == gradients


@pytest.mark.parametrize("name", DRAWN)
def test_every_saved_state_is_restored(name):
    operators = DRAWN[name].stream.split()
    assert operators.count(b"q") == operators.count(b"Q")


def test_frame_is_the_same_on_the_left_and_on_the_right():
    page = picture(printed(certificate()), 50).convert("RGB")
    band = int(18.5 / 25.4 * 50)  # the width of the frame: the text is inside
    left = page.crop((0, 0, band, page.height))
    right = ImageOps.mirror(page.crop((page.width - band, 0, page.width, page.height)))
    difference = ImageChops.difference(left, right).convert("L")
    assert ImageStat.Stat(difference).mean[0] < 8  # of 255: the light comes from one side


def test_a_smooth_curve_passes_through_its_points():
    code = smooth([lambda t: (t, t * t)], 0.0, 2.0, 2).getCode()
    numbers = [float(n) for n in re.findall(r"-?[.\d]+", code)]
    assert numbers[:2] == [0.0, 0.0]
    assert numbers[6:8] == [1.0, 1.0]
    assert numbers[12:14] == [2.0, 4.0]


def test_strands_of_a_ring_and_swells_of_a_braid_are_stored_once():
    document = Document()
    paper = Paper(document)
    with paper.form("whole"):
        Ring(10.0, 2.0, 8, 5).draw(paper, (0.0, 0.0), Color(), 0.1)
        Braid(2.0, 0.5, 2, 4).draw(paper, 100.0, 7, Color(), 0.1)
    names = used(document.idToObject["FormXob.whole"].stream)
    assert [names.count(name) for name in dict.fromkeys(names)] == [5, 7]
