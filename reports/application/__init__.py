"""The whole application of a branch as a PDF for the file: small dataclasses in, bytes out."""

from __future__ import annotations

from reports.application.data import ApplicationPaper, Chapter, Item, Line
from reports.application.document import write_application

__all__ = ["ApplicationPaper", "Chapter", "Item", "Line", "write_application"]
