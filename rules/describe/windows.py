"""Lengths of time and look-back windows in words."""

from __future__ import annotations

from rules.syntax import Duration

_UNITS = {"day": "天", "month": "个月", "year": "年"}


def duration_words(duration: Duration, language: str) -> str:
    """Return a length of time: 5年, 5 years."""
    if language == "zh":
        return f"{duration.count}{_UNITS[duration.unit]}"
    return str(duration)


def window_words(within: Duration | None, language: str) -> str:
    """Return which events are looked at: those of the period, or a look-back window."""
    if within is None:
        return "评定周期内" if language == "zh" else "in the rated period"
    said = duration_words(within, language)
    return (
        f"近{said}（截至评定周期末日）"
        if language == "zh"
        else (f"in the last {said} of the period")
    )
