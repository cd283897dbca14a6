"""Certificates as pictures, for pages that show how they look."""

from __future__ import annotations

from threading import Lock

from reports.certificate import Certificate as Paper
from reports.certificate import Template
from reports.certificate.preview import preview

one_at_a_time = Lock()
"""What draws pictures may be used by one thread at a time only."""


def picture_of(paper: Paper, template: Template) -> bytes:
    """Return a certificate as PNG."""
    with one_at_a_time:
        return preview(template, paper)
