"""Points so far: what a draft comes to while some of its facts are missing or cannot be read.

The program of the rule set is run as it stands. An indicator that lacks a fact, or that needs the
other organisations, brings nothing as yet; whatever is made of indicators follows from that by
the same expressions, so that composition, caps and levels are exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from evaluator.scoring.assessment import Assessment
from evaluator.scoring.explain import Scorer
from evaluator.scoring.inputs import FactErrors, FactProblem, Inputs, Organisation
from evaluator.scoring.levels import Decision, LevelRules
from evaluator.scoring.next_level import NextLevel, how_to_win, next_level
from evaluator.scoring.partly_known import PartProgram, Waiting
from evaluator.scoring.reading import Raw
from rules.describe.words import Labels
from rules.syntax import Indicator, Words


@dataclass(frozen=True)
class SoFar:
    """What a draft comes to; of facts that are complete the same as `Scorer.explain` gives.

    `missing` holds the facts that a rule needs now and that nobody gave or that cannot be read,
    `problems` what is wrong with those that were given.
    """

    assessment: Assessment
    decision: Decision
    waiting: Mapping[str, Waiting]
    missing: frozenset[str]
    problems: tuple[FactProblem, ...]
    levels: LevelRules

    @property
    def complete(self) -> bool:
        """Return whether every point is known."""
        return not (self.waiting or self.missing or self.problems)

    @cached_property
    def above(self) -> NextLevel | None:
        """The next level and what is missing for it; nobody pays for it where it is not shown."""
        return next_level(self.assessment, self.decision, self.levels, self._how)

    def _how(self, assessment: Assessment, indicator: Indicator, rules: LevelRules) -> Words:
        """Ask for the facts that an indicator lacks, and not for better ones."""
        waits = self.waiting.get(indicator.id)
        return _wanted(waits, rules.labels) if waits else how_to_win(assessment, indicator, rules)


class SoFarScorer:
    """Scores drafts by one rule set; made once, used for any number of them."""

    def __init__(self, scorer: Scorer, levels: LevelRules):
        self.scorer = scorer
        self.levels = levels
        self.parts = PartProgram(scorer.program)

    def so_far(self, organisation: Organisation, raw: Mapping[str, Raw]) -> SoFar:
        """Return what the facts of an organisation come to, whatever is missing or wrong.

        Ranks, bests and means of a group are not known before all organisations are.
        """
        inputs, problems = self._read(organisation, raw)
        return self.of(inputs, problems)

    def of(
        self, inputs: Inputs, problems: Sequence[FactProblem] = (), group_known: bool = False
    ) -> SoFar:
        """Return what facts come to that were read; `group_known` where their group is filled."""
        known = self.parts.run(inputs, group_known)
        assessment = Assessment(self.scorer.program, inputs, known.outputs)
        return SoFar(
            assessment,
            self.levels.decide(assessment),
            known.waiting,
            known.missing,
            (*problems, *known.problems),
            self.levels,
        )

    def _read(
        self, organisation: Organisation, raw: Mapping[str, Raw]
    ) -> tuple[Inputs, list[FactProblem]]:
        """Return what can be read; what cannot counts as missing."""
        try:
            return self.scorer.read(organisation, raw), []
        except FactErrors as error:
            declared = self.scorer.program.rule_set.facts
            wrong = {each.fact: None for each in error.problems}
            kept = {name: each for name, each in {**raw, **wrong}.items() if name in declared}
            if "previous_level" in wrong:
                organisation = replace(organisation, previous_level="")
            return self.scorer.read(organisation, kept), error.problems


def _wanted(waiting: Waiting, labels: Labels) -> Words:
    facts = [name for name in labels.rule_set.facts if name in waiting.facts]
    if not facts:
        return Words("与其他组织比较后得分", "known once all are compared")
    zh = "、".join(labels.plain(name, "zh") for name in facts)
    en = ", ".join(labels.plain(name, "en") for name in facts)
    return Words(f"尚缺数据：{zh}", f"no data yet: {en}")
