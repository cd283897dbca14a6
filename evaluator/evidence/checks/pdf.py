"""PDF: opened as it stands, freed of all that acts or reaches outside, and written anew.

A signed document would lose its signature by that: it is kept byte for byte where nothing in it
acts, and refused where something does.
"""

from __future__ import annotations

from io import BytesIO

import pikepdf

from evaluator.evidence.checks.pdf_actions import remove_active
from evaluator.evidence.checks.verdict import PDF, Checked, Reason, Refused, Removed

_HARMLESS = frozenset({Removed.LINKS})
"""What may stay in a signed document: a link does nothing until somebody follows it."""


def check_pdf(content: bytes) -> Checked:
    """Return a PDF without active content; raises Refused."""
    try:
        # A document that must be mended to be read was cut off, or is two files in one.
        with pikepdf.open(BytesIO(content), attempt_recovery=False) as pdf:
            return _checked(content, pdf)
    except pikepdf.PasswordError as error:
        raise Refused(Reason.ENCRYPTED) from error
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, RecursionError) as error:
        raise Refused(Reason.BROKEN) from error
    except MemoryError as error:
        raise Refused(Reason.NOT_CHECKED) from error


def _checked(content: bytes, pdf: pikepdf.Pdf) -> Checked:
    if pdf.is_encrypted:
        raise Refused(Reason.ENCRYPTED)
    if "/Collection" in pdf.Root:
        raise Refused(Reason.PORTFOLIO)
    if pdf.Root.get("/NeedsRendering", False):
        raise Refused(Reason.DYNAMIC_FORM)
    if len(pdf.pages) == 0:
        raise Refused(Reason.BROKEN)
    signed = _is_signed(pdf)
    removed = remove_active(pdf)
    if not signed:
        return Checked(_written_anew(pdf), PDF, removed)
    if not set(removed) <= _HARMLESS:
        raise Refused(Reason.SIGNED_ACTIVE)
    if content[content.rfind(b"%%EOF") + len(b"%%EOF") :].strip(b"\r\n \0"):
        raise Refused(Reason.BROKEN)
    return Checked(content, PDF)


def _is_signed(pdf: pikepdf.Pdf) -> bool:
    return any(
        isinstance(each, pikepdf.Dictionary) and "/ByteRange" in each and "/Contents" in each
        for each in pdf.objects
    )


def _written_anew(pdf: pikepdf.Pdf) -> bytes:
    """Return only what the document itself reaches, the same bytes each time."""
    out = BytesIO()
    pdf.save(out, deterministic_id=True, fix_metadata_version=False)
    with pikepdf.open(BytesIO(out.getvalue()), attempt_recovery=False) as again:
        if remove_active(again):
            raise Refused(Reason.NOT_CHECKED)
    return out.getvalue()
