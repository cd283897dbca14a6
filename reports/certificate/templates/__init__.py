"""Templates: how a certificate looks, as data."""

from __future__ import annotations

from reports.certificate.templates.model import POINTS, Box, Page, Template
from reports.certificate.templates.problems import Position, Problem, TemplateErrors
from reports.certificate.templates.reading import read_template
from reports.certificate.templates.shipped import (
    SHIPPED,
    load_template,
    shipped,
    shipped_text,
)

CERTIFICATE_A4 = shipped("certificate-a4")

__all__ = [
    "CERTIFICATE_A4",
    "POINTS",
    "SHIPPED",
    "Box",
    "Page",
    "Position",
    "Problem",
    "Template",
    "TemplateErrors",
    "load_template",
    "read_template",
    "shipped",
    "shipped_text",
]
