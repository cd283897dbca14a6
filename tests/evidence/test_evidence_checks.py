"""What is kept of an uploaded file, and what is refused for which reason: by content alone."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from image_files import huge_png, photo, picture
from office_files import WORD, content_types, office, relations, zipped
from pdf_files import (
    attach,
    attach_on_page,
    both,
    chained_launch,
    dynamic,
    encrypted,
    film,
    launch,
    link,
    named_script,
    open_with_script,
    outer_stream,
    pdf,
    portfolio,
    remote,
    sign,
    submit_form,
    xfa,
)
from pikepdf import Pdf

from evaluator.evidence.checks.images import MOST_PIXELS
from evaluator.evidence.checks.kinds import check
from evaluator.evidence.checks.pdf_actions import remove_active
from evaluator.evidence.checks.verdict import (
    DOCX,
    PDF,
    PPTX,
    XLSX,
    Checked,
    Reason,
    Refused,
    Removed,
)

OLE = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 504
VBA = "application/vnd.ms-office.vbaProject"
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"


def field_of(*instructions: str) -> str:
    """Return the part of a document with one field, its instruction in several runs."""
    runs = "".join(f"<w:instrText>{each}</w:instrText>" for each in instructions)
    begin = '<w:fldChar w:fldCharType="begin"/>'
    return f'<w:document xmlns:w="{WORD}">{begin}{runs}</w:document>'


REFUSED = {
    "empty": (b"", Reason.EMPTY),
    "text": (b"hello", Reason.NOT_ALLOWED),
    "html": (b"<!DOCTYPE html><html><script>alert(1)</script></html>", Reason.NOT_ALLOWED),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", Reason.NOT_ALLOWED),
    "svg in xml": (b"<?xml version='1.0'?><svg><script/></svg>", Reason.NOT_ALLOWED),
    "program": (b"MZ\x90\0" + b"\0" * 100, Reason.NOT_ALLOWED),
    "gif": (picture("GIF"), Reason.NOT_ALLOWED),
    "gif that is a pdf as well": (b"GIF89a" + pdf(), Reason.NOT_ALLOWED),
    "film": (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", Reason.NOT_ALLOWED),
    "plain zip": (zipped({"a.txt": "a"}), Reason.NOT_ALLOWED),
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Reason.HEIC),
    "old word": (OLE, Reason.OLD_OFFICE),
    "locked docx": (OLE + "EncryptedPackage".encode("utf-16-le"), Reason.ENCRYPTED),
    "jpeg cut off": (photo()[:400], Reason.BROKEN),
    "jpeg of nothing": (b"\xff\xd8\xff\xe0" + b"\0" * 50, Reason.BROKEN),
    "png cut off": (picture("PNG")[:60], Reason.BROKEN),
    "webp cut off": (picture("WEBP")[:40], Reason.BROKEN),
    "png of a million by a million": (huge_png(1_000_000, 1_000_000), Reason.TOO_MANY_PIXELS),
    "png just too large": (huge_png(MOST_PIXELS // 1000 + 1, 1000), Reason.TOO_MANY_PIXELS),
    "png that holds less than it says": (huge_png(1000, 1000), Reason.BROKEN),
    "pdf cut off": (pdf()[:-80], Reason.BROKEN),
    "pdf of nothing": (b"%PDF-1.7\n%%EOF", Reason.BROKEN),
    "pdf without pages": (pdf(pages=0), Reason.BROKEN),
    "pdf with a password": (encrypted(user="a", owner="b"), Reason.ENCRYPTED),
    "pdf with an owner's password": (encrypted(owner="b"), Reason.ENCRYPTED),
    "pdf portfolio": (pdf(portfolio), Reason.PORTFOLIO),
    "pdf dynamic form": (pdf(dynamic), Reason.DYNAMIC_FORM),
    "pdf signed with a script": (pdf(both(sign, open_with_script)), Reason.SIGNED_ACTIVE),
    "pdf signed with a tail": (pdf(sign) + zipped({"a": "a"}), Reason.BROKEN),
    "docx cut off": (office()[:-30], Reason.BROKEN),
    "docx with macros": (office(more={"word/vbaProject.bin": OLE}), Reason.MACROS),
    "docx with renamed macros": (
        office(more={"[Content_Types].xml": content_types(VBA)}),
        Reason.MACROS,
    ),
    "docm renamed": (
        office(more={"[Content_Types].xml": content_types(MACRO_MAIN)}),
        Reason.MACROS,
    ),
    "docx with ole": (office(more={"word/embeddings/oleObject1.bin": OLE}), Reason.EMBEDDED),
    "docx with a package": (office(more={"word/embeddings/a.exe": b"MZ"}), Reason.EMBEDDED),
    "docx with activex": (office(more={"word/activeX/activeX1.xml": "<a/>"}), Reason.EMBEDDED),
    "docx with html inside": (office(more={"word/a.html": "<a/>"}), Reason.UNKNOWN_PART),
    "docx with a way out": (office(more={"../../etc/cron.d/a.xml": "<a/>"}), Reason.UNKNOWN_PART),
    "docx with an absolute part": (office(more={"/a.xml": "<a/>"}), Reason.UNKNOWN_PART),
    "docx with a drive": (office(more={"C:a.xml": "<a/>"}), Reason.UNKNOWN_PART),
    "docx with an entity": (
        office(more={"word/a.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
        Reason.BROKEN,
    ),
    "docx with broken xml": (office(more={"word/a.xml": "<a>"}), Reason.BROKEN),
    "docx with a template elsewhere": (
        office(more={"word/_rels/s.xml.rels": relations(("attachedTemplate", "a", "External"))}),
        Reason.EXTERNAL,
    ),
    "docx with an image elsewhere": (
        office(
            more={
                "word/_rels/a.rels": relations(("image", "https://evil.example/a.png", "External"))
            }
        ),
        Reason.EXTERNAL,
    ),
    "docx with a link to a share": (
        office(
            more={"word/_rels/a.rels": relations(("hyperlink", "file://evil/share/a", "External"))}
        ),
        Reason.EXTERNAL,
    ),
    "docx with dde": (
        office(more={"word/document.xml": field_of(" DD", "EAUTO c:\\\\cmd.exe ")}),
        Reason.EXTERNAL,
    ),
    "docx with a taken part": (
        office(more={"word/a.xml": field_of("INCLUDETEXT http://evil.example/a")}),
        Reason.EXTERNAL,
    ),
    "xlsx with another workbook": (
        office("xlsx", {"xl/_rels/a.rels": relations(("externalLink", "e.xml", ""))}),
        Reason.EXTERNAL,
    ),
    "xlsx with dde": (office("xlsx", {"xl/e.xml": "<ddeLink/>"}), Reason.EXTERNAL),
    "docx with parts in two spellings": (
        office(more={"word/A.xml": "<a/>", "word/a.xml": "<b/>"}),
        Reason.BROKEN,
    ),
    "docx of two kinds": (
        office(more={"[Content_Types].xml": content_types(f"{DOCX}.main+xml", f"{XLSX}.main+xml")}),
        Reason.NOT_ALLOWED,
    ),
    "docx that swells": (office(more={"word/a.png": b"\0" * 30_000_000}), Reason.BOMB),
    "docx of many parts": (office(more={f"word/{n}.xml": "" for n in range(2_001)}), Reason.BOMB),
    "docx in a docx in a docx": (
        office(more={"a.docx": office(more={"b.docx": office()})}),
        Reason.EMBEDDED,
    ),
    "docx with macros in its chart": (
        office(more={"word/embeddings/a.xlsx": office("xlsx", {"xl/vbaProject.bin": OLE})}),
        Reason.MACROS,
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_hostile_file_is_refused_for_its_reason(name: str) -> None:
    content, reason = REFUSED[name]
    with pytest.raises(Refused) as refused:
        check(content)
    assert refused.value.reason is reason


ACTIVE = {
    open_with_script: (Removed.SCRIPTS,),
    named_script: (Removed.SCRIPTS,),
    launch: (Removed.ACTIONS,),
    chained_launch: (Removed.ACTIONS,),
    attach: (Removed.ATTACHMENTS,),
    attach_on_page: (Removed.ATTACHMENTS,),
    submit_form: (Removed.ACTIONS,),
    remote: (Removed.ACTIONS,),
    outer_stream: (Removed.ACTIONS,),
    film: (Removed.MEDIA,),
    link: (Removed.LINKS,),
    xfa: (Removed.FORM,),
    both(link, named_script): (Removed.SCRIPTS, Removed.LINKS),
}


@pytest.mark.parametrize("change", ACTIVE)
def test_pdf_loses_what_is_active(change: object) -> None:
    kept = check(pdf(change))  # type: ignore[arg-type]
    assert (kept.media_type, kept.removed) == (PDF, ACTIVE[change])  # type: ignore[index]
    for trace in (b"app.alert", b"calc.exe", b"evil", b"passwd", b"MZ", b"Launch", b"JavaScript"):
        assert trace not in kept.content
    with Pdf.open(BytesIO(kept.content)) as again:
        assert (remove_active(again), len(again.pages)) == ((), 1)


def test_pdf_with_nothing_active_is_kept_as_the_same_bytes_each_time() -> None:
    first, second = check(pdf()), check(pdf())
    assert first == second == Checked(first.content, PDF)


def test_pdf_loses_what_hangs_behind_it() -> None:
    kept = check(pdf() + b"\n" + zipped({"evil.js": "evil"}))
    assert b"evil" not in kept.content


def test_pdf_that_is_signed_stays_as_it_is() -> None:
    content = pdf(both(sign, link))
    assert check(content) == Checked(content, PDF)


@pytest.mark.parametrize(("kind", "media_type"), [("docx", DOCX), ("xlsx", XLSX), ("pptx", PPTX)])
def test_office_document_is_known_by_its_parts(kind: str, media_type: str) -> None:
    assert check(office(kind)).media_type == media_type


def test_office_document_keeps_links_charts_and_pictures() -> None:
    links = relations(("hyperlink", "https://example.org/link", "External"))
    kept = check(
        office(
            more={
                "word/_rels/document.xml.rels": links,
                "word/embeddings/chart.xlsx": office("xlsx"),
                "word/media/a.png": picture("PNG"),
                "word/f.xml": field_of(' HYPERLINK "https://example.org/a link/" '),
            }
        )
    )
    with zipfile.ZipFile(BytesIO(kept.content)) as archive:
        assert archive.read("word/_rels/document.xml.rels").decode() == links
        assert archive.testzip() is None
    assert kept.media_type == DOCX


def test_office_document_loses_what_is_before_and_behind_its_parts() -> None:
    inside = office(more={"word/a.xml": "<a/>"})
    kept = check(inside)
    tailed = check(inside[:-2] + b"\x04\x00evil")
    assert b"evil" not in tailed.content
    assert tailed == kept


@pytest.mark.filterwarnings("ignore")  # As the process does in which checks are run.
@pytest.mark.parametrize("content", [photo(), picture("PNG"), picture("WEBP"), pdf(link), office()])
@given(data=st.data())
def test_damaged_file_is_kept_clean_or_refused(content: bytes, data: st.DataObject) -> None:
    damaged = bytearray(content)
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=8)):
        damaged[place] = data.draw(st.integers(0, 255))
    try:
        kept = check(bytes(damaged))
    except Refused:
        return
    assert kept.content
