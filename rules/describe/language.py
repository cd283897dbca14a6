"""Small things that differ between Chinese and English text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rules.numbers import points_text

_NUMERALS = "零一二三四五六七八九十"


def pick(language: str, zh: str, en: str) -> str:
    """Return the text of the language."""
    return zh if language == "zh" else en


def points_words(points: int, language: str) -> str:
    """Return an amount of points: 0.5分, 0.5 points."""
    text = points_text(points).replace("-", "−")
    return pick(language, f"{text}分", f"{text} point{'' if text in ('1', '−1') else 's'}")


def result_words(points: int, losing: bool, language: str) -> str:
    """Return what a result brings: 得5分; or takes off in a deduction block: 扣5分."""
    if not losing:
        return pick(language, f"得{points_words(points, 'zh')}", points_words(points, "en"))
    if points == 0:
        return pick(language, "不扣分", "nothing off")
    verb = "扣" if points > 0 else "少扣"
    return pick(
        language, f"{verb}{points_words(abs(points), 'zh')}", f"{points_words(points, 'en')} off"
    )


def most_words(points: int, losing: bool, language: str) -> str:
    """Return the most that an item brings or takes off."""
    most = points_words(points, language)
    if losing:
        return pick(language, f"最多扣{most}", f"at most {most} off")
    return pick(language, f"最高{most}", f"at most {most}")


def numeral(number: int, language: str) -> str:
    """Return the number of a chapter: 一, 二, …, 十二; 1, 2, … in English."""
    if language == "en" or number > 19:
        return str(number)
    return _NUMERALS[number] if number <= 10 else f"十{_NUMERALS[number - 10]}"


def day_words(day: date, language: str) -> str:
    """Return a date: 2026年1月31日, 2026-01-31."""
    return pick(language, f"{day.year}年{day.month}月{day.day}日", day.isoformat())


def listing(items: Iterable[str], language: str, last: str = "") -> str:
    """Return items in a row: 甲、乙, or a, b; `last` joins the last two, such as 和."""
    found = list(items)
    between = pick(language, "、", ", ")
    if last and len(found) > 1:
        return f"{between.join(found[:-1])}{last}{found[-1]}"
    return between.join(found)


def sentences(items: Iterable[str], language: str) -> str:
    """Return clauses in a row, closed by a full stop."""
    found = [each for each in items if each]
    return pick(language, "；".join(found) + "。", "; ".join(found) + ".")
