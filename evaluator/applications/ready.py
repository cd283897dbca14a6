"""The rule set of a participant made ready to show and score drafts; each is kept for a while."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from evaluator.applications.explained import Explainer
from evaluator.applications.parts import Part, parts_of
from evaluator.rounds.models import Participant
from evaluator.rounds.queries import KeptByRuleSet
from evaluator.rule_sets.models import StoredRuleSet
from evaluator.rule_sets.reading import scoring_of
from evaluator.scoring.explain import Scorer
from evaluator.scoring.levels import LevelRules
from evaluator.scoring.so_far import SoFarScorer
from rules.describe.words import Labels
from rules.syntax import RuleSet, Step


@dataclass(frozen=True)
class Ready:
    """A rule set with what shows and scores drafts by it."""

    digest: str
    rule_set: RuleSet
    scorer: Scorer
    levels: LevelRules
    drafts: SoFarScorer
    parts: tuple[Part, ...]
    explainer: Explainer

    @property
    def labels(self) -> Labels:
        """Return what names are called."""
        return self.levels.labels

    @property
    def step(self) -> Step | None:
        """Return what the procedure says of the self-assessment."""
        steps = self.rule_set.procedure
        return next((each for each in steps if each.step == "self_assessment"), None)


def ready_for(session: Session, participant: Participant) -> Ready:
    """Return what shows and scores the draft of a participant."""
    return _READY.of(session, participant)


def _ready(stored: StoredRuleSet) -> Ready:
    scoring = scoring_of(stored)
    drafts = SoFarScorer(scoring.scorer, scoring.levels)
    parts = tuple(parts_of(scoring.scorer.program))
    return Ready(
        stored.digest or "",
        scoring.rule_set,
        scoring.scorer,
        scoring.levels,
        drafts,
        parts,
        Explainer(scoring.levels.labels),
    )


_READY = KeptByRuleSet(_ready)
