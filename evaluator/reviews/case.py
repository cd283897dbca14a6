"""One application as its reviewers have it before them: what is stated, proved and decided."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from evaluator.applications.facts import FactSheet
from evaluator.applications.models import Application
from evaluator.applications.ready import Ready
from evaluator.audit.operations import canonical
from evaluator.evidence.models import EvidenceFile
from evaluator.reviews.facts import holds, is_answered, with_reviews
from evaluator.reviews.marks import Marks, marks_of
from evaluator.reviews.models import (
    FactReview,
    IndicatorReview,
    IndicatorState,
    Reply,
    Return,
    Review,
)
from evaluator.reviews.units import Group, Unit, is_reviewable
from evaluator.rounds.models import Participant


class Standing(StrEnum):
    """Where an indicator stands in the review."""

    TO_DO = "to_do"
    ACCEPTED = "accepted"
    ADJUSTED = "adjusted"
    TO_MEND = "to_mend"
    ELSEWHERE = "elsewhere"
    """Others give its facts and it wants no evidence: nothing to decide here."""


DECIDED = frozenset({Standing.ACCEPTED, Standing.ADJUSTED, Standing.ELSEWHERE})


@dataclass(frozen=True)
class Case:
    """An application with everything that its review needs."""

    application: Application
    ready: Ready
    groups: tuple[Group, ...]
    sheet: FactSheet
    stated: Mapping[str, Any]
    proofs: Mapping[str, Sequence[EvidenceFile]]
    """Files of evidence by indicator."""
    review: Review | None
    facts: Mapping[str, FactReview]
    indicators: Mapping[str, IndicatorReview]
    replies: Mapping[str, Reply]
    returns: Sequence[Return]

    @property
    def participant(self) -> Participant:
        """Return whose application it is."""
        return self.application.participant

    @property
    def submission(self) -> int:
        """Return the number of the submission that is reviewed."""
        return self.application.submissions[-1].number

    @property
    def submitted_total(self) -> str:
        """Return the points of the self-assessment as they stand on its receipt."""
        total: str = json.loads(self.application.submissions[-1].content).get("self_total", "")
        return total

    @property
    def version(self) -> int:
        """Return the version of the review; 0 before the first act."""
        return self.review.version if self.review else 0

    @cached_property
    def reviewed(self) -> dict[str, Any]:
        """Return the facts as they stand after review."""
        return with_reviews(self.stated, self.facts.values())

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Return everything that is gone through, by name."""
        return {each.id: each for group in self.groups for each in group.units}

    @cached_property
    def stated_marks(self) -> Marks:
        """Return the points of the self-assessment."""
        return marks_of(self.ready, self.sheet.organisation, self.stated)

    @cached_property
    def reviewed_marks(self) -> Marks:
        """Return the points after review."""
        return marks_of(self.ready, self.sheet.organisation, self.reviewed)

    def may_change(self, unit: Unit, fact: str) -> bool:
        """Return whether the committee may change a fact."""
        return is_reviewable(unit.facts[fact], is_answered(self.sheet, fact))

    def adjusted(self, fact: str) -> FactReview | None:
        """Return the adjustment that holds for a fact, if there is one."""
        found = self.facts.get(fact)
        return found if found and holds(found, self.stated) else None

    def basis(self, unit: Unit) -> str:
        """Return the digest of what a decision on an indicator rests on: values and evidence."""
        values = {name: self.stated.get(name) for name in unit.facts if self.may_change(unit, name)}
        files = sorted(each.sha256 for each in self.proofs.get(unit.id, ()))
        return hashlib.sha256(canonical({"facts": values, "files": files}).encode()).hexdigest()

    def standing(self, unit: Unit) -> Standing:
        """Return where an indicator stands."""
        found = self.indicators.get(unit.id)
        if found is None or not self._holds(unit, found):
            return Standing.TO_DO if self._asks(unit) else Standing.ELSEWHERE
        if found.state is IndicatorState.TO_MEND:
            return Standing.TO_MEND
        own = any(self.adjusted(name) for name in unit.facts)
        return Standing.ADJUSTED if own else Standing.ACCEPTED

    def again(self, unit: Unit) -> bool:
        """Return whether an indicator is to be looked at anew since the branch changed it."""
        return unit.id in self.indicators and self.standing(unit) is Standing.TO_DO

    def waits_for_values(self, unit: Unit) -> list[str]:
        """Return the facts that only the committee can give, that are needed, and not given.

        Where the rule set has a stand-in for missing data, silence would bring it about.
        """
        stands_in = unit.indicator is not None and unit.indicator.missing.kind != "error"
        needed = unit.facts if stands_in else self.reviewed_marks.so_far.missing
        return [
            name
            for name, fact in unit.facts.items()
            if fact.source.kind == "review"
            and name in needed
            and self.reviewed.get(name) in (None, "")
        ]

    def _holds(self, unit: Unit, found: IndicatorReview) -> bool:
        if found.state is IndicatorState.TO_MEND:
            return found.submission == self.submission
        return found.basis == self.basis(unit)

    def _asks(self, unit: Unit) -> bool:
        wanted = bool(unit.indicator and unit.indicator.evidence) or bool(self.proofs.get(unit.id))
        return wanted or any(self.may_change(unit, name) for name in unit.facts)
