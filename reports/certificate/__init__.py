"""Certificates: small dataclasses in, finished PDF documents out."""

from __future__ import annotations

from reports.certificate.data import Certificate, MissingGlyph, MissingGlyphs
from reports.certificate.document import write_certificates
from reports.certificate.files import write_each
from reports.certificate.glyphs import check_glyphs

__all__ = [
    "Certificate",
    "MissingGlyph",
    "MissingGlyphs",
    "check_glyphs",
    "write_certificates",
    "write_each",
]
