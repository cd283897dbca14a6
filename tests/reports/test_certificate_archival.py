"""PDF/A-2b: what a validator says, and the clauses that it cannot see."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from certificate_printing import LONGEST, certificate, numbered, printed
from PIL import ImageCms

from reports.certificate import write_each
from reports.certificate.archival import srgb, text_string
from reports.certificate.drawing import Batch

# The validator has no opinion of gradients; `test_gradients_...` is about them.
UNKNOWN_TO_VALIDATOR = {"pikepdf:shading", "pikepdf:schema-Resources"}


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf), inherit_page_attributes=False)


def kinds_of(batch: str) -> bytes:
    """Print certificates of one of the kinds that differ in what a document holds."""
    if batch == "model":
        return printed(certificate(model=True, organisation=LONGEST))
    if batch == "many":
        return printed(*numbered(3), certificate(stars=3, level_zh="三星级党组织"))
    return printed(certificate(organisation="㛃䶮𬭎𠅤豈𰻝党支部(\\)"))


@pytest.fixture(scope="module", params=["rare characters", "model", "many"])
def pdf(request: pytest.FixtureRequest) -> bytes:
    return kinds_of(request.param)


def streams(document: pikepdf.Pdf) -> list[pikepdf.Stream]:
    return [o for o in document.objects if isinstance(o, pikepdf.Stream)]


def findings(pdf: bytes) -> tuple[list[str], set[str]]:
    """Give what pikepdf's validator objects to, and what it does not know."""
    # It asks for jsonschema, which comes with the tests, and fontTools, which comes with us.
    from pikepdf import pdfa

    report = pdfa.validate_written(io.BytesIO(pdf), "2b")
    wrong = [str(f) for f in report.findings if f.rule not in UNKNOWN_TO_VALIDATOR]
    aside = [f for f in report.findings if f.rule in UNKNOWN_TO_VALIDATOR]
    return wrong, {re.sub(r".*(shadings).*", r"\1", str(finding)) for finding in aside}


def test_validator_finds_nothing_but_gradients_that_it_does_not_know(pdf):
    assert findings(pdf) == ([], {"shadings"})


def test_validator_finds_nothing_in_single_files(tmp_path):
    (path,) = write_each([certificate()], tmp_path)
    assert findings(path.read_bytes()) == ([], {"shadings"})


def test_validator_finds_what_is_wrong():
    document = opened(printed(certificate()))
    del document.Root.OutputIntents
    out = io.BytesIO()
    document.save(out)
    wrong, _ = findings(out.getvalue())
    assert any("6.2.4.3" in finding for finding in wrong)


def test_gradients_are_axial_or_radial_in_rgb_with_plain_functions(pdf):
    document = opened(pdf)
    forms = [s for s in streams(document) if str(s.get("/Subtype")) == "/Form"]
    found = [g for f in forms for g in f.Resources.get("/Shading", {}).values()]
    assert {int(gradient.ShadingType) for gradient in found} == {2, 3}
    assert {str(gradient.ColorSpace) for gradient in found} == {"/DeviceRGB"}
    assert {int(gradient.Function.FunctionType) for gradient in found} <= {2, 3}


def test_metadata_is_plain_and_claims_level_b_of_part_2(pdf):
    document = opened(pdf)
    metadata = document.Root.Metadata
    assert "/Filter" not in metadata
    assert metadata.read_raw_bytes() in pdf
    with document.open_metadata() as said:
        assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("2", "B")
        assert said["dc:title"] == str(document.docinfo.Title)
        assert said["dc:creator"] == [str(document.docinfo.Author)]
        assert said["pdf:Producer"] == str(document.docinfo.Producer)
        assert said["xmp:CreateDate"] == "2026-12-31T00:00:00+08:00"


def test_metadata_of_names_with_marks_of_xml_is_well_formed():
    document = opened(printed(certificate(organisation="A&B<C>党支部", issuer="甲 & 乙")))
    with document.open_metadata() as said:
        assert said["dc:title"] == "荣誉证书 A&B<C>党支部"
        assert said["dc:creator"] == ["甲 & 乙"]


def test_colours_are_said_to_be_srgb(pdf):
    document = opened(pdf)
    (intent,) = document.Root.OutputIntents
    assert str(intent.S) == "/GTS_PDFA1"
    assert str(intent.OutputConditionIdentifier) == "sRGB IEC61966-2.1"
    assert int(intent.DestOutputProfile.N) == 3
    profile = ImageCms.ImageCmsProfile(io.BytesIO(intent.DestOutputProfile.read_bytes()))
    assert profile.profile.xcolor_space == "RGB "
    assert profile.profile.version == 4.2


def test_colour_profile_does_not_depend_on_the_hour():
    first = srgb()
    srgb.cache_clear()
    assert srgb() == first


def test_nothing_is_encrypted_scripted_attached_or_fetched(pdf):
    document = opened(pdf)
    assert not document.is_encrypted
    root = {str(key) for key in document.Root}
    assert root == {
        "/Type", "/Lang", "/Pages", "/Metadata", "/OutputIntents", "/StructTreeRoot",
        "/MarkInfo", "/ViewerPreferences", "/Outlines",
    }  # fmt: skip
    assert all("/Annots" not in page and "/AA" not in page for page in document.pages)
    assert all("/F" not in stream for stream in streams(document))


def test_filters_are_deflate_alone(pdf):
    document = opened(pdf)
    named = [s.get("/Filter") for s in streams(document) if "/Filter" in s]
    filters = {str(n) for f in named for n in (f if isinstance(f, pikepdf.Array) else [f])}
    assert filters == {"/FlateDecode"}


def test_every_stream_is_as_long_as_it_says_and_ends_on_a_line_of_its_own(pdf):
    document = opened(pdf)
    found = streams(document)
    assert len(found) > 10
    for stream in found:
        start = pdf.index(b"\n%d 0 obj\n" % stream.objgen[0])
        begin = pdf.index(b"stream\n", start) + len(b"stream\n")
        end = begin + len(stream.read_raw_bytes())
        assert pdf[end:].startswith(b"\nendstream\n")


def test_nothing_is_transparent_or_smoothed(pdf):
    document = opened(pdf)
    for stream in streams(document):
        assert "/Group" not in stream
        assert "/SMask" not in stream
        assert not stream.get("/Interpolate", False)
        assert "/ExtGState" not in stream.get("/Resources", {})
    for page in document.pages:
        assert "/Group" not in page
        assert "/ExtGState" not in page.Resources
        assert b"/I true" not in page.Contents.read_bytes()


def test_every_font_is_embedded_and_its_codes_are_its_glyphs(pdf):
    document = opened(pdf)
    found = [o for o in document.objects if isinstance(o, pikepdf.Dictionary)]
    fonts = [o for o in found if str(o.get("/Type")) == "/Font"]
    whole = [font for font in fonts if str(font.Subtype) == "/Type0"]
    parts = [font for font in fonts if str(font.Subtype) == "/CIDFontType0"]
    assert len(fonts) == len(whole) + len(parts) >= 2
    assert [str(font.Encoding) for font in whole] == ["/Identity-H"] * len(whole)
    assert all("/ToUnicode" in font for font in whole)
    for font in parts:  # CIDToGIDMap is for TrueType; CIDSet must be whole, or not there
        assert "/FontFile3" in font.FontDescriptor
        assert "/CIDSet" not in font.FontDescriptor
        assert "/CIDToGIDMap" not in font
        assert str(font.BaseFont) == str(font.FontDescriptor.FontName)
        assert re.fullmatch(r"/[A-Z]{6}\+.+", str(font.BaseFont))


def test_identity_is_there_and_changes_with_the_words():
    documents = [opened(printed(certificate(serial=s))) for s in ("A-1", "A-2")]
    marks = [bytes(document.trailer.ID[0]) for document in documents]
    assert [len(mark) for mark in marks] == [16, 16]
    assert marks[0] != marks[1]


def test_resources_of_every_page_are_its_own_and_its_box_is_the_sheet(pdf):
    document = opened(pdf)
    for page in document.pages:
        assert set(page.Resources) == {"/XObject", "/Font"}
        assert [round(float(side) * 25.4 / 72, 1) for side in page.mediabox] == [0, 0, 297, 210]


def test_strings_keep_brackets_and_backslashes():
    words = "（a(b)c\\d\r示例）"
    found = pikepdf.Object.parse(text_string(words))
    assert str(found) == words


def test_parts_drawn_apart_are_the_pages_of_the_whole():
    batch = Batch.of(numbered(5))
    together = list(batch.draw())
    apart = [*Batch.of(numbered(5)).draw(slice(0, 2)), *batch.draw(slice(2, None))]
    assert apart == together
