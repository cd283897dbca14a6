"""What a branch can do about a part of an additive rule: mend what took points off, or win some."""

from __future__ import annotations

from enum import Enum

from evaluator.scoring.reasons import PartOutcome
from rules.syntax import Indicator, Part, Words


class Way(Enum):
    """The words before a part, of each kind its own: nobody wins a deduction."""

    MEND = Words("消除：", "mend: ")
    WIN = Words("争取：", "win: ")

    def say(self, language: str) -> str:
        """Return the words in a language."""
        words: Words = self.value
        return words.say(language)


def has_taken(outcome: PartOutcome, indicator: Indicator) -> bool:
    """Return whether a part took points off."""
    return bool(outcome.points) if indicator.rule.deduct else outcome.points < 0


def could_bring(outcome: PartOutcome, indicator: Indicator) -> bool:
    """Return whether a part has brought nothing yet, and can bring points."""
    return not (indicator.rule.deduct or outcome.points or _only_takes(outcome.part))


def _only_takes(part: Part) -> bool:
    """Return whether a part can only take points off, such as one of an adjustment below zero."""
    amounts = part.points
    if isinstance(amounts, tuple | dict):
        found = list(amounts.values()) if isinstance(amounts, dict) else list(amounts)
        return bool(found) and all(isinstance(each, int) and each < 0 for each in found)
    return isinstance(amounts, int) and amounts < 0
