"""The minutes of a meeting that decided, as a PDF for the file: dataclasses in, bytes out."""

from __future__ import annotations

from reports.minutes.data import Category, Given, MinutesPaper, Words
from reports.minutes.document import write_minutes

__all__ = ["Category", "Given", "MinutesPaper", "Words", "write_minutes"]
