"""Who set a fact: the branch, the committee with its reason, those appraising, a panel, an office.

Of panels and of everybody who rates, the mean alone is told, never who gave what.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evaluator.applications.facts import Known, Said, counts
from evaluator.applications.wording import source_of
from evaluator.reviews.facts import Statement, holds
from evaluator.reviews.models import FactReview
from evaluator.score_reports.content import FactRow
from evaluator.scoring.reasons import Reasons
from evaluator.scoring.shown import Shown
from evaluator.web.wording import gettext
from rules.describe.sources import source_words
from rules.syntax import Fact


@dataclass(frozen=True)
class Origins:
    """What tells of the facts of one participant where they come from."""

    statement: Statement
    known: Mapping[str, Any]
    """Plain rows with `value` and `source`."""
    said: Mapping[str, Said]
    reviews: Mapping[str, FactReview]

    def adjusted(self, name: str) -> FactReview | None:
        """Return the adjustment of a fact that holds."""
        found = self.reviews.get(name)
        return found if found and holds(found, self.statement.stated) else None

    def answered(self, name: str) -> Said | None:
        """Return what the branch says of a fact, where it counts."""
        found = self.said.get(name)
        known: Mapping[str, Known] = self.known
        return found if found and counts(found, known) else None


class FactRows:
    """Shows the facts of one standing, each with who set it."""

    def __init__(self, reasons: Reasons, origins: Origins, language: str):
        self.shown: Shown = reasons.shown
        self.inputs = reasons.assessment.inputs
        self.rule_set = reasons.labels.rule_set
        self.origins = origins
        self.language = language

    def row(self, name: str) -> FactRow:
        """Return a fact with its value and who set it."""
        fact = self.rule_set.facts[name]
        value = self._mean(name) if fact.type == "ratings" else self.shown.fact(name, self.language)
        return FactRow(
            fact.label.say(self.language), value, self._who(name, fact), self._note(name)
        )

    def _mean(self, name: str) -> str:
        """Return the mean that the rule set makes of ratings, and how many there are."""
        if name in self.inputs.missing:
            return gettext("not given yet")
        raw = self.inputs.raw.get(name)
        count = len(raw) if isinstance(raw, list) else 0
        found = [
            self.shown.name(measure, self.language)
            for measure, each in self.rule_set.measures.items()
            if each.mean and each.mean.ratings == name
        ]
        if not found:
            return gettext("%(count)s ratings", count=count)
        return gettext("mean %(mean)s of %(count)s ratings", mean=found[0], count=count)

    def _who(self, name: str, fact: Fact) -> str:
        if name in self.inputs.missing:
            return source_words(fact.source, self.language)
        if self.origins.adjusted(name):
            return gettext("set by the committee review")
        if self.origins.answered(name):
            return gettext("stated by the branch")
        known = self.origins.known.get(name)
        source = source_of(known.source) if known else fact.source
        return source_words(source, self.language)

    def _note(self, name: str) -> str:
        """Return the reason that was given, and what the branch had stated."""
        review, answer = self.origins.adjusted(name), self.origins.answered(name)
        if review is not None:
            return "；".join(
                filter(None, [self._reason(review.reason, name), self._before(review)])
            )
        given = self.inputs.reasons.get(name, "")
        reason = answer.reason if answer and answer.reason else given.replace("—", "")
        return gettext("Reason: %(reason)s", reason=reason) if reason.strip() else ""

    def _reason(self, reason: str, name: str) -> str:
        words = reason or self.inputs.reasons.get(name, "")
        return gettext("Reason: %(reason)s", reason=words) if words else ""

    def _before(self, review: FactReview) -> str:
        stated = review.stated
        value = stated.get("value") if isinstance(stated, Mapping) else stated
        if value in (None, "") or isinstance(value, list):
            return ""
        return gettext("the branch had stated %(value)s", value=self._plain(review.fact, value))

    def _plain(self, name: str, value: Any) -> str:
        option = self.rule_set.facts[name].options.get(str(value))
        truth = {"true": gettext("yes"), "false": gettext("no")}
        return option.say(self.language) if option else truth.get(str(value), str(value))
