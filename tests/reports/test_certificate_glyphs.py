"""Characters that cannot be drawn."""

from __future__ import annotations

import io

import pytest
from certificate_printing import certificate, numbered

from reports.certificate import (
    MissingGlyph,
    MissingGlyphs,
    check_glyphs,
    write_certificates,
    write_each,
)

UNKNOWN = "\U0002a6d0"  # CJK Extension B: in neither face
BATCH = [
    *numbered(2),
    certificate(organisation=f"甲{UNKNOWN}支部"),
    certificate(organisation="乙\U0001f600支部\ue000"),
]
EXPECTED = [
    MissingGlyph(f"甲{UNKNOWN}支部", UNKNOWN, 0x2A6D0),
    MissingGlyph("乙\U0001f600支部\ue000", "\U0001f600", 0x1F600),
    MissingGlyph("乙\U0001f600支部\ue000", "\ue000", 0xE000),
]


def test_covered_certificates_miss_nothing():
    assert check_glyphs(numbered(3)) == []


def test_every_missing_character_is_listed_with_its_organisation():
    assert check_glyphs(BATCH) == EXPECTED


def test_a_repeated_character_is_listed_once():
    assert len(check_glyphs([certificate(organisation=UNKNOWN * 3)] * 2)) == 1


@pytest.mark.parametrize("field", ["issuer", "level_zh", "category_zh", "serial", "level_en"])
def test_other_texts_are_checked_too(field):
    changed = certificate(**{field: f"甲{UNKNOWN}"})
    assert [glyph.character for glyph in check_glyphs([changed])] == [UNKNOWN]


def test_document_stops_before_anything_is_written():
    out = io.BytesIO()
    with pytest.raises(MissingGlyphs) as refusal:
        write_certificates(BATCH, out)
    assert out.getvalue() == b""
    assert list(refusal.value.missing) == EXPECTED


def test_files_stop_before_anything_is_written(tmp_path):
    with pytest.raises(MissingGlyphs) as refusal:
        write_each(BATCH, tmp_path)
    assert list(tmp_path.iterdir()) == []
    for words in (f"甲{UNKNOWN}支部", "U+2A6D0", "U+1F600", "U+E000", "correct the name"):
        assert words in str(refusal.value)
