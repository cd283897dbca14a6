"""Templates: how a certificate looks, as data."""

from __future__ import annotations

from reports.certificate.templates.model import Page, Template

CERTIFICATE_A4 = Template("certificate-a4", Page(297.0, 210.0, 3.0, 19.8))

__all__ = ["CERTIFICATE_A4", "Page", "Template"]
