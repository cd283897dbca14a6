"""Points of an application before and after review: the same code run on two sets of facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from evaluator.applications.ready import Ready
from evaluator.scoring.inputs import FactProblem, Organisation
from evaluator.scoring.reasons import Reasons
from evaluator.scoring.so_far import SoFar
from evaluator.web.wording import gettext
from rules.describe.words import Labels
from rules.syntax import Indicator


@dataclass(frozen=True)
class Marks:
    """What facts come to so far, with the reasons."""

    so_far: SoFar
    labels: Labels

    @cached_property
    def _reasons(self) -> Reasons:
        return Reasons(self.so_far.assessment, self.labels)

    @property
    def total(self) -> int:
        """Return the points so far in all."""
        return self.so_far.assessment.total

    @property
    def level(self) -> int:
        """Return the index of the level that the points so far give."""
        return self.so_far.decision.index

    @property
    def problems(self) -> tuple[FactProblem, ...]:
        """Return what is wrong with the facts that were given."""
        return self.so_far.problems

    def level_title(self, language: str) -> str:
        """Return the level that the points so far give, in words."""
        rules = self.labels.rule_set.levels.from_low_to_high
        return rules[self.level].title.say(language) if self.level >= 0 else gettext("No level")

    def counts(self, indicator: Indicator) -> bool:
        """Return whether an indicator is part of the score of this organisation."""
        return self.so_far.assessment.counts(indicator)

    def points(self, indicator: Indicator) -> int | None:
        """Return the points of an indicator; None while something for it is not known."""
        if indicator.id in self.so_far.waiting:
            return None
        return self.so_far.assessment.points(indicator)

    def reason(self, indicator: Indicator, language: str) -> str:
        """Return why an indicator has its points, or what it waits for."""
        waiting = self.so_far.waiting.get(indicator.id)
        if waiting is None:
            return self._reasons.say(indicator, language)
        if not waiting.facts:
            return gettext("Known once all organisations are compared.")
        facts = self.labels.rule_set.facts
        names = [each.label.say(language) for name, each in facts.items() if name in waiting.facts]
        listed = ("、" if language == "zh" else ", ").join(names)
        return gettext("No data yet: %(facts)s.", facts=listed)


def marks_of(ready: Ready, organisation: Organisation, values: Mapping[str, Any]) -> Marks:
    """Return what the facts of an organisation come to so far."""
    return Marks(ready.drafts.so_far(organisation, values), ready.labels)
