"""Certificates: small dataclasses in, finished PDF documents out."""

from __future__ import annotations

from reports.certificate.data import (
    Certificate,
    MissingGlyph,
    MissingGlyphs,
    Overlong,
    OverlongTexts,
)
from reports.certificate.document import write_certificates
from reports.certificate.files import write_each
from reports.certificate.fitting import check_fit
from reports.certificate.glyphs import check_glyphs
from reports.certificate.templates import SHIPPED, Template, TemplateErrors, load_template, shipped

__all__ = [
    "SHIPPED",
    "Certificate",
    "MissingGlyph",
    "MissingGlyphs",
    "Overlong",
    "OverlongTexts",
    "Template",
    "TemplateErrors",
    "check_fit",
    "check_glyphs",
    "load_template",
    "shipped",
    "write_certificates",
    "write_each",
]
