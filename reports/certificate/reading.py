"""A page in the order in which it is read, every part of it marked for the tree of tags.

What stands over the organisation's name is the heading; name, rating and level are one sentence;
then follow who signs, the code, and the small print. Stars and lines are ornaments.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportlab.pdfbase.pdfdoc import xObjectName

from reports.certificate import forms, page, qr
from reports.certificate.archival import text_string
from reports.certificate.artwork.paper import Paper
from reports.certificate.container import Document
from reports.certificate.data import Certificate, Citation
from reports.certificate.font import Font
from reports.certificate.tagging import CODE_WORDS, EMBLEM_WORDS, Part
from reports.certificate.templates.model import POINTS, Audience, Template, TextField
from reports.certificate.typesetting import set_field, set_micro

GROUPS = ("heading", "body", "signature", "footer")
STARS = "stars"
_SIGNING = {"issuer", "date_chinese", "date_digits", "valid_until_chinese", "valid_until_digits"}
_START = b"q %.6f 0 0 %.6f 0 0 cm\n/Artifact BMC /%s Do %s /%s Do EMC\n"
_MARKED = b"/%s<</MCID %d>>BDC\n%s\nEMC\n"
_MICRO = b"/Artifact BMC\n%sEMC\n"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an award: the names of the forms of its groups, and of its stars."""

    groups: dict[str, str]
    stars: str

    def names(self) -> list[str]:
        """Give the names of all forms."""
        return [*self.groups.values(), self.stars]


def put_words(
    document: Document, template: Template, font: Font, citation: Citation, name: str
) -> Words:
    """Write the words that the certificates of an award share as forms under this name."""
    absent: Audience = "usual" if citation.model else "model"
    groups: dict[str, list[bytes]] = {}
    for field in sorted(template.shared_texts, key=lambda f: -f.box.y):
        text = field.wording.shared_with(citation)
        if text and field.audience != absent:
            lines = groups.setdefault(_group(template, field), [])
            lines.append(_in_language(text, set_field(font, field, text)))
    paper, found = Paper(document), {group: f"{name}.{group}" for group in groups}
    for group, lines in groups.items():
        with paper.form(found[group]):
            paper.addLiteral(b"".join(lines).decode())
    with paper.form(f"{name}.{STARS}"):
        forms.stars(paper, template, citation.stars)
    return Words(found, f"{name}.{STARS}")


def _group(template: Template, field: TextField) -> str:
    names = [f.box.y for f in template.own_texts if "organisation" in f.wording.names]
    if names and field.box.y > max(names):
        return "heading"
    if _SIGNING.intersection(field.wording.names):
        return "signature"
    return "body" if field.wording.names else "footer"


def _in_language(text: str, drawn: bytes) -> bytes:
    """Mark a line of Latin letters as English."""
    if text.isascii() and any(map(str.isalpha, text)):
        return b"/Span<</Lang(en)>>BDC\n%sEMC\n" % drawn
    return drawn


def content(
    template: Template, font: Font, certificate: Certificate, words: Words, first: int = 0
) -> tuple[bytes, tuple[Part, ...]]:
    """Give a page's operators, and what their marks, numbered from `first` on, mean."""
    shown = {group: b"/%s Do" % _inside(name) for group, name in words.groups.items()}
    names, notes = _own(template, font, certificate)
    address = text_string(CODE_WORDS + certificate.printed_address)
    crest = b"/%s Do" % _inside(forms.crest_of(certificate))
    has_emblem = _has_emblem(template, certificate)
    parts: list[tuple[bytes, bytes, list[bytes]]] = [
        (b"Figure", EMBLEM_WORDS, [crest] if has_emblem else []),
        (b"H1", b"", [shown.get("heading", b"")]),
        (b"P", b"", [*names, shown.get("body", b"")]),
        (b"P", b"", [shown.get("signature", b"")]),
        *((b"Figure", address, [code]) for code in _codes(template, certificate)),
        (b"P", b"", [shown.get("footer", b"")]),
        *((b"P", b"", [note]) for note in notes),
    ]
    marked, found = _marked(parts, first)
    frame, stars = _inside(forms.FRAME), _inside(words.stars)
    start = _START % (POINTS, POINTS, frame, b"" if has_emblem else crest, stars)
    micro = [
        _MICRO % set_micro(font, field, field.wording.on(certificate))
        for field in template.micro_lines
    ]
    return b"".join([start, *marked, *micro, b"Q"]), tuple(found)


def _has_emblem(template: Template, certificate: Certificate) -> bool:
    audience: Audience = "model" if certificate.model else "usual"
    drawn = (ornament for ornament in template.ornaments if ornament.audience == audience)
    return any(ornament.kind == "emblem" for ornament in drawn)


def _inside(name: str) -> bytes:
    return xObjectName(name).encode()


def _own(
    template: Template, font: Font, certificate: Certificate
) -> tuple[list[bytes], list[bytes]]:
    """Set what is the certificate's own: its name, and the rest."""
    names: list[bytes] = []
    notes: list[bytes] = []
    for field in template.own_texts:
        text = field.wording.on(certificate)
        if text:
            named = "organisation" in field.wording.names
            (names if named else notes).append(set_field(font, field, text)[:-1])
    return names, notes


def _codes(template: Template, certificate: Certificate) -> Iterable[bytes]:
    if not template.codes:
        return []
    rows = qr.modules(certificate.verify_url)
    return [page.code(field.box, rows) for field in template.codes]


def _marked(
    parts: Sequence[tuple[bytes, bytes, list[bytes]]], first: int
) -> tuple[list[bytes], list[Part]]:
    """Number the pieces that there are."""
    marked: list[bytes] = []
    found = []
    for kind, instead, pieces in parts:
        shown = [piece for piece in pieces if piece]
        if shown:
            found.append(Part(kind, len(shown), instead))
        for piece in shown:
            marked.append(_MARKED % (kind, first + len(marked), piece))
    return marked, found
