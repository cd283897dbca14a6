"""Texts that a spreadsheet would run as a formula are made harmless, and read back unchanged."""

from __future__ import annotations

import re

_RISKY = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # Chinese Excel takes the full-width signs too
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?%?")


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; numbers stay as they are."""
    if _RISKY.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def original_text(cell: str) -> str:
    """Return the text that `safe_cell` was given."""
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell) else cell
