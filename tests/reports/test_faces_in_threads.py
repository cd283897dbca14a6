"""Documents are set by several threads at once; they share the fonts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from reports.certificate.faces import Face, serif

TEXT = [chr(code) for code in range(0x4E00, 0x4E00 + 1_200)]


def test_glyphs_asked_for_at_once_are_those_asked_for_one_by_one() -> None:
    import pylopdf_fonts_zh_cn

    shared = Face.read(pylopdf_fonts_zh_cn.serif_path())
    with ThreadPoolExecutor(8) as pool:
        at_once = list(pool.map(shared.glyph, TEXT))
    assert at_once == [serif().glyph(character) for character in TEXT]
