"""The embedded font, read by fontTools."""

from __future__ import annotations

import io

import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.recordingPen import DecomposingRecordingPen

from reports.certificate import cff
from reports.certificate.faces import face_of, serif
from reports.certificate.font import Font


def compact(font: Font) -> CFFFontSet:
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(cff.build(b"ABCDEF+Test", font.programs, 1000)), None)
    return fonts


def drawn(glyph, glyphs) -> list:
    pen = DecomposingRecordingPen(glyphs)
    glyph.draw(pen)
    return pen.value


def test_glyphs_have_the_outlines_of_the_face():
    text = "荣誉㛃䶮𬭎𠅤Ag1（"
    strings = compact(Font.of([text]))[0].CharStrings
    face = serif()
    source = face.font.getGlyphSet()
    for cid, character in enumerate(text, 1):
        want = drawn(source[face.names[ord(character)]], source)
        assert drawn(strings[f"cid{cid:05d}"], strings) == want


def test_font_file_is_keyed_by_character_identifier():
    top = compact(Font.of(["荣誉"]))[0]
    assert top.ROS == ("Adobe", "Identity", 0)
    assert top.charset == [".notdef", "cid00001", "cid00002"]
    assert len(top.FDArray) == 1


@pytest.mark.parametrize("character", "㛃䶮𬭎𠅤〇（）·龥豈")
def test_characters_of_names_are_covered(character):
    assert face_of(character) is not None


def test_extended_font_keeps_the_codes_it_had():
    font = Font.of(["甲乙"])
    more = font.extended("乙丙丁丙")
    assert more.codes == font.codes | {ord("丙"): 3, ord("丁"): 4}
    assert font.codes == {ord("甲"): 1, ord("乙"): 2}


def test_width_is_the_sum_of_the_advances():
    font = Font.of(["甲A1"])
    metrics = serif().font["hmtx"].metrics
    letters = [metrics[serif().names[ord(c)]][0] for c in "A1"]
    assert font.width("甲A1") == pytest.approx((1000 + sum(letters)) / 1000)


def test_text_is_shown_in_two_byte_codes():
    assert Font.of(["甲乙"]).shown("乙甲乙") == b"<000200010002>"


def test_unknown_character_belongs_to_no_face():
    assert face_of("\U0002a6d0") is None
