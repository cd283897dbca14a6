"""Lengths of time and look-back windows in words."""

from __future__ import annotations

from rules.syntax import Duration

_UNITS = {"day": "天", "month": "个月", "year": "年"}


def duration_words(duration: Duration, language: str) -> str:
    """Return a length of time: 5年, 5 years."""
    if language == "zh":
        return f"{duration.count}{_UNITS[duration.unit]}"
    return str(duration)


def window_words(within: Duration | None, language: str, any_time: bool = False) -> str:
    """Return which events are looked at: those of the period, or a look-back window."""
    if language == "zh":
        later = "含评定过程中发现的" if any_time else ""
        if within is None:
            return f"评定周期内（{later}）" if later else "评定周期内"
        said = duration_words(within, language)
        return f"近{said}（截至评定周期末日{'，' + later if later else ''}）"
    later = " and until the decision" if any_time else ""
    if within is None:
        return f"in the rated period{later}"
    return f"in the last {within} of the period{later}"
