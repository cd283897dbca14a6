"""What a participant came to: a decided result as it was kept, else the points after review.

A decided result is worked out again from the facts and group values that were kept with it, by the
rules of its round: later changes of facts change nothing of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from evaluator.applications.ready import Ready
from evaluator.decisions.models import Decision
from evaluator.scoring.inputs import FactErrors, Inputs, Organisation
from evaluator.scoring.levels import NO_LEVEL
from evaluator.scoring.levels import Decision as Levelled
from evaluator.scoring.next_level import NextLevel, next_level
from evaluator.scoring.so_far import SoFar
from rules.syntax import Words

Values = Mapping[str, Any]
GROUP = ("cohort", "peers")
"""The kinds of slots that the other organisations fill."""


@dataclass(frozen=True)
class Standing:
    """Points with their trace, the level, and what moved it; `decision` where it is decided."""

    ready: Ready
    so_far: SoFar
    levelled: Levelled
    decision: Decision | None

    @property
    def level(self) -> int:
        """Return the index of the level."""
        return self.levelled.index

    @property
    def total(self) -> int:
        """Return the total in 1/10,000 point."""
        kept = self.decision.total if self.decision else None
        return self.so_far.assessment.total if kept is None else kept

    @cached_property
    def above(self) -> NextLevel | None:
        """Return the next level and what is missing for it."""
        if self.decision is None:
            return self.so_far.above
        return next_level(self.so_far.assessment, self.levelled, self.ready.levels)


def standing_of(
    ready: Ready, organisation: Organisation, reviewed: Values, decision: Decision | None
) -> Standing:
    """Return what a participant came to; `decision` is one that holds and is told."""
    declared = ready.rule_set.facts
    facts = {name: value for name, value in reviewed.items() if name in declared}
    if decision is None:
        so_far = ready.drafts.so_far(organisation, facts)
        return Standing(ready, so_far, so_far.decision, None)
    kept = json.loads(decision.result) if decision.result else {}
    so_far = _kept(ready, organisation, kept, facts) or ready.drafts.so_far(organisation, facts)
    return Standing(ready, so_far, _decided(ready, decision, kept), decision)


def _kept(ready: Ready, organisation: Organisation, kept: Values, facts: Values) -> SoFar | None:
    """Return the result that was kept, worked out again; None where nothing was scored then."""
    if "given" not in kept:
        return None
    declared = ready.rule_set.facts
    given = {
        name: _with_reason(value, facts.get(name)) if declared[name].reason == "required" else value
        for name, value in kept["given"].items()
        if name in declared
    }
    try:
        inputs = ready.scorer.read(organisation, given)
    except FactErrors:
        return None
    _fill(ready, inputs, kept.get("of_the_group", {}))
    return ready.drafts.of(inputs, group_known=True)


def _fill(ready: Ready, inputs: Inputs, group: Mapping[str, int]) -> None:
    for number, slot in enumerate(ready.scorer.program.slots):
        if slot.kind in GROUP:
            inputs.slots[number] = group[f"{slot.name} {slot.facet}".strip()]


def _with_reason(value: Any, now: Any) -> Any:
    """Return a kept value with its reason, which is kept with the review alone."""
    if value is None:
        return None
    reason = now.get("reason") if isinstance(now, Mapping) and now.get("value") == value else ""
    return {"value": value, "reason": reason or "—"}


def _decided(ready: Ready, decision: Decision, kept: Values) -> Levelled:
    """Return the level that was decided, with what moved it as far as the rules moved it."""
    index = ready.levels.index.get(decision.level, NO_LEVEL)
    as_computed = decision.level == decision.computed
    steps = [Words(each["zh"], each["en"]) for each in kept.get("level_steps", ())]
    return Levelled(index, steps=steps if as_computed else [])
