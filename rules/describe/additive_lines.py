"""Rules made of parts in words: deductions, awards, both in one row."""

from __future__ import annotations

from rules.describe.amounts import part_sentence, way_in_deductions
from rules.describe.labels import Labels
from rules.describe.language import most_words, pick, points_words
from rules.syntax import ALL, Indicator, Part


def _said(parts: tuple[Part, ...], way: str, labels: Labels, language: str) -> list[str]:
    way = way_in_deductions(way) if labels.losing else way
    return [part_sentence(part, way, labels, language) for part in parts]


def _listed(start: str, said: list[str], language: str) -> list[str]:
    return [start, *(each + pick(language, "；", ";") for each in said)]


def deduct_lines(indicator: Indicator, labels: Labels, language: str) -> list[str]:
    """Return a rule that starts full: what takes points off, and down to where."""
    said = _said(indicator.rule.deduct or (), "deduct", labels, language)
    most, until = points_words(indicator.points, language), _until(indicator, language)
    if labels.losing:
        return _listed(
            pick(language, f"先计扣{most}，有下列情形的少扣：", f"{most} are taken off, less for:"),
            said,
            language,
        )
    if len(said) == 1:
        start = pick(language, f"基准{most}，", f"from {most}: ")
        return [start + said[0] + pick(language, f"{until}。", f"{until}.")]
    start = pick(
        language, f"基准{most}，有下列情形的扣分{until}：", f"from {most}, with deductions{until}:"
    )
    return _listed(start, said, language)


def _until(indicator: Indicator, language: str) -> str:
    floor = indicator.floor
    if floor is None:
        return ""
    if floor == 0:
        return pick(language, "，扣完为止", ", until nothing is left")
    least = points_words(floor, language)
    return pick(language, f"，最低可为{least}", f", down to {least}")


def award_lines(indicator: Indicator, labels: Labels, language: str) -> list[str]:
    """Return a rule that starts at 0: what brings points, and up to where."""
    parts = indicator.rule.award or ()
    said = _said(parts, "award", labels, language)
    most = most_words(indicator.points, labels.losing, language)
    if len(parts) == 1:
        return (
            [said[0] + pick(language, "。", ".")]
            if _brings_all(parts[0], indicator)
            else [said[0] + pick(language, f"，本项{most}。", f", {most} here.")]
        )
    verb = "扣" if labels.losing else "加"
    start = pick(language, f"有下列情形的{verb}分，本项{most}：", f"added up ({most}):")
    return _listed(start, said, language)


def _brings_all(part: Part, indicator: Indicator) -> bool:
    """Return whether one condition brings all points, so that a limit need not be said."""
    counted = part.each or part.per or part.per_event or part.discretion
    return not counted and part.points in (ALL, indicator.points)


def adjust_lines(indicator: Indicator, labels: Labels, language: str) -> list[str]:
    """Return a rule that adds and deducts."""
    said = _said(indicator.rule.adjust or (), "adjust", labels, language)
    most, least = most_words(indicator.points, labels.losing, language), ""
    if indicator.floor is not None:
        lowest = points_words(indicator.floor, language)
        least = pick(language, f"、最低{lowest}", f", at least {lowest}")
    start = pick(language, f"有加有减，本项{most}{least}：", f"up and down ({most}{least}):")
    return _listed(start, said, language)
