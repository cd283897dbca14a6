"""Shares as people read them: one decimal place, rounded half up in whole numbers."""

from __future__ import annotations


def share_text(count: int, total: int) -> str:
    """Return a share such as `23.4%`; what is above nothing never reads as 0.0%."""
    if total == 0:
        return "—"
    tenths = (2000 * count + total) // (2 * total)
    if count and not tenths:
        return "<0.1%"
    return f"{tenths // 10}.{tenths % 10}%"
