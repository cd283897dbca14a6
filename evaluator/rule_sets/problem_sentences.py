"""What is wrong with a rule set, said in Chinese: the same sentence with the same values.

The checks speak English, in one wording for each flaw, since the command line and its machine
readable forms rest on it. A sentence is found by its wording; `tests/rule_sets` walks the corpus
of wrong files, so that a wording that changes without its Chinese is noticed. A sentence without
Chinese is shown as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from evaluator.rule_sets import (
    sentences_of_checks,
    sentences_of_files,
    sentences_of_formulas,
    sentences_of_levels,
    sentences_of_points,
)
from evaluator.rule_sets.sentences_of_values import YAML, value_in_chinese

_SENTENCES = (
    *sentences_of_files.FILES,
    *sentences_of_files.KEYS,
    *sentences_of_formulas.WRITING,
    *sentences_of_formulas.KINDS,
    *sentences_of_formulas.NAMES,
    *sentences_of_checks.FACTS,
    *sentences_of_checks.INDICATORS,
    *sentences_of_points.PARTS,
    *sentences_of_levels.LEVELS,
    *sentences_of_levels.QUOTAS,
    *sentences_of_levels.PROCEDURE,
    *sentences_of_files.CASES,
    *sentences_of_files.VALUES,
)
"""The more exact ones come before those that would take in more."""
_MEANT = re.compile(r' Did you mean ("[^"]*"|[^?]*)\?')
_QUOTED = re.compile(r"[\"`]\{(\w+)\}|\{(function)\}")
_HOLE = re.compile(r"\\\{(\w+)\\\}")


@dataclass(frozen=True)
class Said:
    """A sentence, and the language that it is in."""

    words: str
    language: str


def said(message: str, language: str) -> Said:
    """Return the message of a problem for a reader; in English where it has no other words."""
    chinese = said_in_chinese(message) if language == "zh" else None
    return Said(message, "en") if chinese is None else Said(chinese, "zh-Hans")


def said_in_chinese(message: str) -> str | None:
    """Return what a message says in Chinese, None where there are no words for it."""
    meant = _MEANT.search(message)
    english = _MEANT.sub("", message, count=1)
    for pattern, quoted, chinese in _patterns():
        found = pattern.fullmatch(english)
        if found:
            values = {
                name: text if name in quoted else _value(name, text)
                for name, text in found.groupdict().items()
            }
            hint = f"是否应为“{meant[1].strip(chr(34))}”？" if meant else ""
            return chinese.format(**values) + hint
    return None


def _value(name: str, text: str) -> str:
    if name == "yaml":
        return next((chinese for said, chinese in YAML if said in text), "此处写法有误")
    return value_in_chinese(text)


@lru_cache(1)
def _patterns() -> list[tuple[re.Pattern[str], frozenset[str], str]]:
    """Return what sentences look like, which of their values are quoted names, their Chinese."""
    return [(_pattern(english), _quoted_in(english), chinese) for english, chinese in _SENTENCES]


def _quoted_in(english: str) -> frozenset[str]:
    return frozenset(name for found in _QUOTED.findall(english) for name in found if name)


def _pattern(english: str) -> re.Pattern[str]:
    """Return what a sentence looks like with any values in its holes."""
    return re.compile(_HOLE.sub(r"(?P<\1>.*?)", re.escape(english)), re.DOTALL)
