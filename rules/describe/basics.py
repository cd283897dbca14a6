"""The first lines of a document: category, version, period, rhythm, who awards."""

from __future__ import annotations

from rules.describe.language import day_words, pick
from rules.syntax import RuleSet

_RHYTHMS = {
    "yearly": ("每年一次", "yearly"),
    "two_yearly": ("两年一次", "every two years"),
    "half_yearly": ("每半年一次", "half-yearly"),
    "quarterly": ("每季度一次", "quarterly"),
    "monthly": ("每月一次", "monthly"),
}


def basics_lines(rule_set: RuleSet, language: str) -> list[str]:
    """Return what a rule set rates, and when, as a Markdown list."""
    period = rule_set.period
    first, last = day_words(period.from_, language), day_words(period.to, language)
    title = rule_set.category_title
    category = title.say(language) if title else rule_set.category
    rhythm = pick(language, *_RHYTHMS[rule_set.rhythm])
    said = [
        (("类别", "Category"), category),
        (("版本", "Version"), rule_set.version),
        (("评定周期", "Rated period"), pick(language, f"{first}至{last}", f"{first} to {last}")),
        (("频次", "Rhythm"), rhythm),
        (("命名单位", "Awarded by"), rule_set.issuer.say(language) if rule_set.issuer else ""),
    ]
    colon = pick(language, "：", ": ")
    return [f"- {pick(language, *name)}{colon}{text}" for name, text in said if text]
