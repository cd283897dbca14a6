"""Characters that only further fonts have, in a folder that a setting names."""

from __future__ import annotations

import pytest
from certificate_printing import certificate, extracted, lines_of, picture, printed
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from reports.certificate import MissingGlyphs, check_glyphs
from reports.certificate.faces import Face, RareFace, face_of, in_sans, meant, measure
from reports.certificate.font import Font
from reports.certificate.rare import SETTING, font_files

RARE = "\U0002a6d0"


def circle_font(path, em: int, advance: int) -> None:
    """Make a TrueType font whose only character is a curve."""
    pen = TTGlyphPen(None)
    high = em * 3 // 4
    pen.moveTo((0, 0))
    pen.qCurveTo((0, high), (high, high), (high, 0))
    pen.closePath()
    builder = FontBuilder(em, isTTF=True)
    builder.setupGlyphOrder([".notdef", "rare"])
    builder.setupCharacterMap({ord(RARE): "rare"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "rare": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (em, 0), "rare": (advance, 0)})
    builder.setupHorizontalHeader(ascent=em, descent=0)
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)


@pytest.fixture
def fonts(tmp_path, monkeypatch):
    folder = tmp_path / "fonts"
    (folder / "deep").mkdir(parents=True)
    circle_font(folder / "deep" / "rare.ttf", 2048, 2048)
    (folder / "readme.txt").write_text("no font")
    monkeypatch.setenv(SETTING, str(folder))
    return folder


def test_no_folder_means_no_further_fonts(monkeypatch):
    monkeypatch.delenv(SETTING, raising=False)
    assert font_files() == ()
    assert face_of(RARE) is None
    assert [found.character for found in check_glyphs([certificate(organisation=RARE)])] == [RARE]


def test_fonts_in_folders_of_the_folder_are_found(fonts):
    assert font_files() == (fonts / "deep" / "rare.ttf",)


def test_folders_that_are_links_are_looked_into(fonts, tmp_path, monkeypatch):
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / "package").symlink_to(fonts / "deep")
    monkeypatch.setenv(SETTING, str(tmp_path / "linked"))
    assert [path.name for path in font_files()] == ["rare.ttf"]
    assert face_of(RARE) is not None


def test_own_faces_are_asked_before_further_fonts(fonts):
    assert isinstance(face_of("支"), Face)
    assert isinstance(face_of(RARE), RareFace)


def test_rare_character_is_printed_and_read_back(fonts):
    pdf = printed(certificate(organisation=f"{RARE}支部"))
    assert lines_of(pdf)[0] == f"{RARE}支部"
    assert f"{RARE}支部" in extracted(pdf)
    assert picture(pdf, 40).tobytes() != picture(printed(certificate(organisation="支部")), 40)


@pytest.mark.parametrize(("em", "advance", "wide"), [(2048, 2048, 1000), (1000, 500, 500)])
def test_glyph_is_scaled_to_thousandths_of_an_em(tmp_path, em, advance, wide):
    circle_font(tmp_path / "one.ttf", em, advance)
    glyph = RareFace.read(tmp_path / "one.ttf").glyph(RARE)
    assert glyph.advance == wide
    assert glyph.program[-1] == 14  # endchar


def test_what_no_font_has_still_stops_the_batch(fonts):
    with pytest.raises(MissingGlyphs, match=SETTING):
        printed(certificate(organisation="\U0001f600支部"))


def test_sans_text_is_drawn_without_serifs_and_read_back_as_it_is():
    shadow = in_sans("支部A")
    font = Font.of([shadow, "支部A"])
    assert [meant(character) for character in shadow] == list("支部A")
    assert len(font.programs) == 6
    assert font.programs[0] != font.programs[3]
    assert measure(shadow) != measure("支部A")
    assert [meaning[6:-1] for meaning in font.meanings[:3]] == [
        meaning[6:-1] for meaning in font.meanings[3:]
    ]


def test_missing_character_of_a_sans_field_is_named_as_it_is():
    font_free = "\ue000"
    assert face_of(in_sans(font_free)) is None
