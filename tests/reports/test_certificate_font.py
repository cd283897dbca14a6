"""The embedded font, read by fontTools."""

from __future__ import annotations

import io

import pylopdf_fonts_zh_cn
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.certificate import cff, charstring
from reports.certificate.faces import face_of, sans, serif
from reports.certificate.font import Font

# Read apart from the faces: drawing changes what fontTools keeps of a font.
PATHS = {"serif": pylopdf_fonts_zh_cn.serif_path(), "sans": pylopdf_fonts_zh_cn.sans_path()}
SOURCES = {name: TTFont(path, lazy=True) for name, path in PATHS.items()}
FACES = {"serif": serif(), "sans": sans()}


def compact(programs) -> CFFFontSet:
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(cff.build(b"ABCDEF+Test", programs, 1000)), None)
    return fonts


def drawn(glyph, glyphs) -> list:
    pen = DecomposingRecordingPen(glyphs)
    glyph.draw(pen)
    return pen.value


@pytest.mark.parametrize("name", ["serif", "sans"])
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_glyphs_keep_the_outline_and_the_width_of_the_face(name, data):
    face, source = FACES[name], SOURCES[name]
    character = data.draw(st.sampled_from(sorted(map(chr, face.numbers))))
    glyph = face.glyph(character)
    strings = compact([glyph.program])[0].CharStrings
    original = source.getBestCmap()[ord(character)]
    glyphs = source.getGlyphSet()
    assert drawn(strings["cid00001"], strings) == drawn(glyphs[original], glyphs)
    assert strings["cid00001"].width == glyph.advance == source["hmtx"][original][0]


@pytest.mark.parametrize("name", ["serif", "sans"])
def test_character_map_is_the_one_of_the_face(name):
    source = SOURCES[name]
    names = source.getBestCmap()
    assert FACES[name].numbers == {code: source.getGlyphID(n) for code, n in names.items()}


def test_computing_operators_are_refused():
    with pytest.raises(ValueError, match="operator 12 10 computes"):
        charstring.flattened(bytes([139, 139, 12, 10, 14]), [], [])


def test_font_file_is_keyed_by_character_identifier():
    top = compact(Font.of(["荣誉"]).programs)[0]
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
    source = SOURCES["serif"]
    letters = [source["hmtx"][source.getBestCmap()[ord(c)]][0] for c in "A1"]
    assert font.width("甲A1") == pytest.approx((1000 + sum(letters)) / 1000)


def test_text_is_shown_in_two_byte_codes():
    assert Font.of(["甲乙"]).shown("乙甲乙") == b"<000200010002>"


def test_unknown_character_belongs_to_no_face():
    assert face_of("\U0002a6d0") is None
