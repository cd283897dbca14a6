"""What can be said of an indicator without any facts; it is put into words once and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rules.describe.indicator_lines import basis_words, evidence_words
from rules.describe.measures import measure_words, measures_behind
from rules.describe.rule_lines import rule_lines
from rules.describe.words import Labels
from rules.syntax import Indicator


@dataclass(frozen=True)
class Explained:
    """An indicator in one language; `measures` are those behind it, each with what it means."""

    title: str
    rule: Sequence[str]
    measures: Sequence[tuple[str, str]]
    basis: str
    note: str
    evidence: Sequence[str]


class Explainer:
    """The words of the indicators of one rule set: a page shows ten, and every branch the same."""

    def __init__(self, labels: Labels):
        """Say names as these labels do."""
        self.labels = labels
        self._kept: dict[tuple[str, bool, str], Explained] = {}

    def explained(self, indicator: Indicator, language: str, *, deducts: bool) -> Explained:
        """Return an indicator in words; one that deducts speaks of points lost."""
        key = (indicator.id, deducts, language)
        if key not in self._kept:
            self._kept[key] = self._explained(indicator, language, deducts)
        return self._kept[key]

    def _explained(self, indicator: Indicator, language: str, deducts: bool) -> Explained:
        labels, measures = self.labels, self.labels.rule_set.measures
        behind = measures_behind((indicator.rule, indicator.applies_when), labels)
        return Explained(
            indicator.title.say(language),
            rule_lines(indicator, labels.in_deductions() if deducts else labels, language),
            [
                (labels.plain(name, language), measure_words(measures[name], labels, language))
                for name in behind
            ],
            basis_words(indicator.basis, language) if indicator.basis else "",
            indicator.note.say(language) if indicator.note else "",
            [evidence_words(each, language) for each in indicator.evidence],
        )
