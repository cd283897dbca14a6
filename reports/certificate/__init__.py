"""Certificates: small dataclasses in, finished PDF documents out."""

from __future__ import annotations

from reports.certificate.data import Certificate, MissingGlyph, MissingGlyphs
from reports.certificate.writer import check_glyphs, write_certificates, write_each

__all__ = [
    "Certificate",
    "MissingGlyph",
    "MissingGlyphs",
    "check_glyphs",
    "write_certificates",
    "write_each",
]
